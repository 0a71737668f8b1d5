import type { Level, ToldLevel } from '../../../domain/access/level';
import type { PartialSight, Sight } from '../../../domain/access/sight';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { joined } from '../base/joined';
import type { Query, Strapi } from '../base/strapi';
import { tables } from '../base/names';
import { deciders, inForceBelow, isAnyInForce, levelsInForce } from './deciders';
import type { LevelReader, LevelsInForce } from './deciders';

/** Rows of message_id, thread_id and received_at. A message may be there more than once. */
export type Selection = (among?: Among) => Query;

/** Which rows of a selection are asked for: told at once, the database looks at no others. Without any, all. */
export interface Among {
  threadIds?: readonly (number | Column)[];
  messageIds?: readonly number[];
  /** Received then or later. */
  since?: Instant;
}

/** As the database's driver tells times. */
export type Instant = Date | number | string;

/** Of a row around the query. */
type Column = ReturnType<Strapi['db']['connection']['raw']>;

const limitTo = (rows: Query, { threadIds, messageIds, since }: Among): Query => {
  if (threadIds) rows.whereIn('thread_id', [...threadIds]);
  if (messageIds) rows.whereIn('message_id', [...messageIds]);
  if (since !== undefined) rows.where('received_at', '>=', since);
  return rows;
};

/** The messages of which a caller is told at least this much; each of these is within the one before. */
export interface Told extends Record<ToldLevel, Selection> {
  /** A level is in force: there may be messages that are not told. */
  hidesSome: boolean;
}

/** The rows of a selection, to be asked further. */
export const rowsOf = (strapi: Strapi, selection: Selection, among?: Among): Query =>
  strapi.db.connection.from(selection(among).as('selected'));

const COLUMNS = ['message_id', 'thread_id', 'received_at'];
const OF_MESSAGE = { message_id: 'id', thread_id: 'thread_id', received_at: 'received_at' };

/**
 * The messages that stand on a record with these addresses (S40): more than once where several ways lead there, for
 * very many would have to be compared.
 */
export const standingOn =
  (strapi: Strapi, record: LinkedContact, addressHashes: readonly string[]): Selection =>
  (among = {}) => {
    const byAddress = strapi.db
      .getConnection(tables.messageAddress)
      .whereIn('address_hash', [...addressHashes]);
    const byRecord = recordRows(strapi, [record]);
    for (const way of [byAddress, byRecord]) limitTo(way, among).select(COLUMNS);
    return byAddress.unionAll([byRecord]);
  };

/** More addresses than people have: each is asked about by itself. */
const MOST_ADDRESSES = 50;

/**
 * A time since when at least `count` of the messages on a record were received, and not many more; nothing where they are
 * fewer, or where it is not found quickly.
 */
export const recentlyOn = async (
  strapi: Strapi,
  record: LinkedContact,
  addressHashes: readonly string[],
  count: number
): Promise<Instant | null> => {
  if (addressHashes.length > MOST_ADDRESSES) return null;
  const ways = [
    ...addressHashes.map((hash) =>
      strapi.db.getConnection(tables.messageAddress).where({ address_hash: hash })
    ),
    recordRows(strapi, [record]),
  ];
  const nth = ways.map((way, i) =>
    way
      .select('received_at')
      .orderBy('received_at', 'desc')
      .offset(count - 1)
      .limit(1)
      .as(`way${i}`)
  );
  const [row] = await joined<Record<string, Instant | null>>(strapi, strapi.db.connection.select(...nth));
  const times = Object.values(row ?? {}).filter((time) => time !== null);
  return times.reduce<Instant | null>(
    (latest, time) => (latest === null || time > latest ? time : latest),
    null
  );
};

/**
 * One selection for each floor, made by `above` of the levels in force below it: the same one where these are the same,
 * for whoever reads asks the database once where two are one.
 */
const byFloor = (inForce: LevelsInForce, above: (below: LevelsInForce) => Selection): Told => {
  const made = new Map<string, Selection>();
  const at = (floor: Level): Selection => {
    const below = inForceBelow(inForce, floor);
    const key = JSON.stringify(below);
    const selection = made.get(key) ?? above(below);
    made.set(key, selection);
    return selection;
  };
  return { facts: at('facts'), subject: at('subject'), full: at('full'), hidesSome: isAnyInForce(inForce) };
};

/** Of these messages those of which the reader is told at least this much (S42). */
export const toldAt = (
  strapi: Strapi,
  messages: Selection,
  inForce: LevelsInForce,
  reader: LevelReader
): Told =>
  byFloor(inForce, (below) => (isAnyInForce(below) ? notAt(strapi, messages, below, reader) : messages));

/** Everything of all of them. */
export const toldAll = (messages: Selection): Told => ({
  facts: messages,
  subject: messages,
  full: messages,
  hidesSome: false,
});

/**
 * Those of them that no decider puts at one of these levels, and the reader's own. The others are collected first, where it
 * is known that few have to be looked at for it: in some threads, or where little was chosen. Else each message is asked
 * about: also where only a few messages are.
 */
const notAt =
  (strapi: Strapi, messages: Selection, inForce: LevelsInForce, reader: LevelReader): Selection =>
  (among = {}) => {
    const { threadIds, messageIds, since } = among;
    const standing = strapi.db.connection.from(messages(among).as('standing')).select(COLUMNS);
    const areFew = messageIds !== undefined || since !== undefined;
    // PostgreSQL makes a list of what is hidden for each way to a message, and looks through a long one row by row.
    const isPostgres = strapi.db.dialect.client === 'postgres';
    const inThreads = areFew ? undefined : threadIds;
    for (const { source, threadColumn, holdings } of deciders(strapi, inForce, reader)) {
      const isForOne = areFew || (!threadIds && !inForce[source].isFew);
      const hidden = holdings(isForOne).select('h.message_id');
      if (reader.inboxDocumentIds.length > 0) hidden.whereNotExists(ownOf(strapi, reader));
      if (inThreads) hidden.whereIn(threadColumn, [...inThreads]);
      if (isForOne || (inThreads && isPostgres))
        standing.whereNotExists(hidden.whereRaw('h.message_id = standing.message_id'));
      else if (inThreads) standing.whereNotIn('message_id', hidden);
      else {
        const here = messages({ threadIds: [strapi.db.connection.raw(threadColumn)] });
        standing.whereNotIn('message_id', hidden.whereExists(here));
      }
    }
    return standing;
  };

/** That the reader's own inbox holds the message of a holding `h`. */
const ownOf = (strapi: Strapi, { inboxDocumentIds }: LevelReader): Query =>
  strapi.db
    .getConnection(`${tables.holding} as own`)
    .whereRaw('own.message_id = h.message_id')
    .where({ 'own.holds': true })
    .whereIn('own.inbox_document_id', inboxDocumentIds)
    .select(strapi.db.connection.raw('1'));

/** Of the rows of one thread those that are asked for. */
const inThread =
  (strapi: Strapi, rows: () => Query): Selection =>
  (among = {}) =>
    limitTo(strapi.db.connection.from(rows().as('seen')), among).select(COLUMNS);

/** The messages of a thread that a caller sees, each once: `sees` and `toldOf` of `domain/access/sight`, by the database. */
export const visibleIn = async (strapi: Strapi, threadId: number, sight: Sight): Promise<Told> => {
  const table = (name: string) => strapi.db.getConnection(name).where({ thread_id: threadId });
  if (sight === 'everything')
    return toldAll(inThread(strapi, () => table(tables.message).select(OF_MESSAGE)));
  const standing: Selection = () => standingIn(strapi, threadId, sight);
  const { unassigned } = sight;
  const nobodys: Selection[] = unassigned ? [() => onNoRecord(table, unassigned.carriedHashes)] : [];
  const own = () => ownIn(strapi, threadId, sight);
  const told = (messages: Selection, below: LevelsInForce): Query =>
    (isAnyInForce(below) ? notAt(strapi, messages, below, sight) : messages)({ threadIds: [threadId] });
  const inForce = await levelsInForce(strapi);
  const seen = byFloor(inForce, (below) =>
    inThread(strapi, () =>
      told(standing, below).union([own(), ...nobodys.map((messages) => told(messages, below))])
    )
  );
  const hidden = inForceBelow(inForce, 'facts');
  if (nobodys.length === 0 || !isAnyInForce(hidden)) return seen;
  // Of what is private and on no record, managers are told the facts.
  const facts = () => told(standing, hidden).union([own(), ...nobodys.map((messages) => messages())]);
  return { ...seen, facts: inThread(strapi, facts) };
};

const standingIn = (strapi: Strapi, threadId: number, sight: PartialSight): Query =>
  strapi.db
    .getConnection(tables.messageAddress)
    .where({ thread_id: threadId })
    .whereIn('address_hash', sight.addressHashes)
    .select(COLUMNS)
    .union([recordRows(strapi, sight.records).where({ thread_id: threadId }).select(COLUMNS)]);

const ownIn = (strapi: Strapi, threadId: number, { inboxDocumentIds }: PartialSight): Query =>
  strapi.db
    .getConnection(`${tables.message} as m`)
    .where({ 'm.thread_id': threadId })
    .whereIn(
      'm.id',
      strapi.db
        .getConnection(tables.holding)
        .where({ thread_id: threadId, holds: true })
        .whereIn('inbox_document_id', inboxDocumentIds)
        .select('message_id')
    )
    .select({ message_id: 'm.id', thread_id: 'm.thread_id', received_at: 'm.received_at' });

const onNoRecord = (table: (name: string) => Query, carriedHashes: readonly string[]): Query => {
  const carried = table(tables.messageAddress)
    .whereIn('address_hash', [...carriedHashes])
    .select('message_id');
  const onRecords = table(tables.messageRecord).select('message_id');
  return table(tables.message).whereNotIn('id', carried).whereNotIn('id', onRecords).select(OF_MESSAGE);
};

const recordRows = (strapi: Strapi, records: readonly LinkedContact[]) =>
  strapi.db.getConnection(tables.messageRecord).where((any) => {
    // Nothing for no record. Not beside others: SQLite then reads the records of all contacts.
    if (records.length === 0) any.whereRaw('1 = 0');
    for (const { contactType, documentId } of records) {
      any.orWhere({ contact_type: contactType, contact_document_id: documentId });
    }
  });
