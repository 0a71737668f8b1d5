import { levelsBelow } from '../../../domain/access/level';
import type { Level } from '../../../domain/access/level';
import type { Caller } from '../../../domain/access/sight';
import { joined } from '../base/joined';
import type { Query, Strapi } from '../base/strapi';
import { tables } from '../base/names';

/** For whom levels are asked. */
export type LevelReader = Pick<Caller, 'inboxDocumentIds' | 'userDocumentId'>;

/** What says how much is told: the level of an inbox, what its owner chose, and rules. */
const sources = ['inbox', 'choice', 'rule'] as const;
type Source = (typeof sources)[number];

interface InForce {
  levels: readonly Level[];
  /** So few rows that all of them are looked at sooner than the messages of a contact. */
  isFew: boolean;
}

/** Levels, by what puts something at them. */
export type LevelsInForce = Readonly<Record<Source, InForce>>;

const FEW = 5_000;

const ofEach = (inForceOf: (source: Source) => InForce): LevelsInForce => ({
  inbox: inForceOf('inbox'),
  choice: inForceOf('choice'),
  rule: inForceOf('rule'),
});

export const everyLevel: LevelsInForce = ofEach(() => ({ levels: levelsBelow('full'), isFew: false }));

export const inForceBelow = (inForce: LevelsInForce, floor: Level): LevelsInForce => {
  const below = levelsBelow(floor);
  return ofEach((source) => ({
    ...inForce[source],
    levels: inForce[source].levels.filter((level) => below.includes(level)),
  }));
};

export const isAnyInForce = (inForce: LevelsInForce): boolean =>
  sources.some((source) => inForce[source].levels.length > 0);

/**
 * The levels below full at which something is: nothing has to be asked about others. Joins a transaction that is open.
 */
export const levelsInForce = async (strapi: Strapi): Promise<LevelsInForce> => {
  const { connection } = strapi.db;
  const below = levelsBelow('full');
  const table = (name: string) => strapi.db.getConnection(name);
  const at: Record<Source, (level: Level) => Query> = {
    inbox: (level) => inboxesAt(strapi, [level]),
    choice: (level) => table(tables.stricterLevel).where({ level }),
    rule: (level) => rulesAt(strapi, [level]),
  };
  const one = connection.raw('1 as one');
  const counted = (name: string): Query =>
    connection.from(table(name).select(one).limit(FEW).as('some')).count('*');
  const asked = connection.select(
    ...sources.flatMap((source) =>
      below.map((level) => at[source](level).clearSelect().select(one).limit(1).as(`${source}_${level}`))
    ),
    counted(tables.stricterLevel).as('choices'),
    counted(tables.ruleMatch).as('matches')
  );
  const [row] = await joined<Record<string, unknown>>(strapi, asked);
  const isFew = { inbox: false, choice: Number(row?.choices) < FEW, rule: Number(row?.matches) < FEW };
  return ofEach((source) => ({
    levels: below.filter((level) => Boolean(row?.[`${source}_${level}`])),
    isFew: isFew[source],
  }));
};

/** What puts messages at some levels. */
export interface Decider {
  source: Source;
  /** The column by which it is looked for in some threads alone. */
  threadColumn: string;
  /**
   * Holdings as `h`, of which nothing is selected yet. `isForOne`: the query is asked for one message at a time, not for all
   * that there are.
   */
  holdings(isForOne: boolean): Query;
}

/** A query for each source, for with an `or` a database looks at each message by itself. */
export const deciders = (
  strapi: Strapi,
  inForce: LevelsInForce,
  { userDocumentId }: Pick<LevelReader, 'userDocumentId'>
): Decider[] => {
  const unless = (hidden?: (open: Query) => Query) => unlessGranted(strapi, userDocumentId, hidden);
  const all: Decider[] = [
    {
      source: 'inbox',
      threadColumn: 'h.thread_id',
      holdings: () => byInbox(strapi, inForce.inbox.levels).where(unless()),
    },
    {
      source: 'choice',
      threadColumn: 's.thread_id',
      // Nobody asked for a message that was made private by itself.
      holdings: (isForOne) =>
        byChoice(strapi, inForce.choice.levels, isForOne).where(
          unless((hidden) => hidden.whereNot('s.message_id', 0).where('s.level', 'private'))
        ),
    },
    {
      source: 'rule',
      threadColumn: 'r.thread_id',
      holdings: (isForOne) =>
        byRule(strapi, inForce.rule.levels, isForOne).where(
          unless((hidden) => hidden.whereIn('r.rule_document_id', rulesAt(strapi, ['private'])))
        ),
    },
  ];
  return all.filter(({ source }) => inForce[source].levels.length > 0);
};

const HELD = `${tables.holding} as h`;

const byInbox = (strapi: Strapi, levels: readonly Level[]): Query =>
  strapi.db
    .getConnection(HELD)
    .where({ 'h.decides': true })
    .whereIn('h.inbox_document_id', inboxesAt(strapi, levels));

/** By what an owner chose as `s`. */
const byChoice = (strapi: Strapi, levels: readonly Level[], isForOne: boolean): Query =>
  heldBeside(strapi, `${tables.stricterLevel} as s`, isForOne)
    .whereRaw('h.thread_id = s.thread_id and h.inbox_document_id = s.inbox_document_id')
    .whereRaw('(s.message_id = 0 or s.message_id = h.message_id)')
    .whereIn('s.level', [...levels]);

/** By rules that met it, as `r`. */
const byRule = (strapi: Strapi, levels: readonly Level[], isForOne: boolean): Query =>
  heldBeside(strapi, `${tables.ruleMatch} as r`, isForOne)
    .whereRaw('h.message_id = r.message_id and h.inbox_document_id = r.inbox_document_id')
    .whereIn('r.rule_document_id', rulesAt(strapi, levels));

/**
 * Holdings that decide, beside the rows of another table. SQLite keeps to the order of a cross join: else it would begin
 * with all messages, or for one message with all rows of the other table.
 */
const heldBeside = (strapi: Strapi, other: string, isForOne: boolean): Query => {
  const [first, second] = isForOne ? [HELD, other] : [other, HELD];
  return strapi.db.getConnection(first).joinRaw(`cross join ${second}`).where({ 'h.decides': true });
};

/** `orHidden`: or whatever was granted. */
const unlessGranted =
  (strapi: Strapi, userDocumentId: string, orHidden?: (open: Query) => Query) =>
  (open: Query): void => {
    if (userDocumentId === '') return;
    const granted = strapi.db
      .getConnection(`${tables.accessRequest} as g`)
      .whereRaw('g.thread_id = h.thread_id and g.inbox_document_id = h.inbox_document_id')
      .where({ 'g.user_document_id': userDocumentId, 'g.state': 'granted' })
      .select(strapi.db.connection.raw('1'));
    open.whereNotExists(granted);
    if (orHidden) open.orWhere((hidden) => void orHidden(hidden));
  };

/** The documentIds of rules that are active. */
const rulesAt = (strapi: Strapi, levels: readonly Level[]): Query =>
  strapi.db
    .getConnection(tables.loggingRule)
    .whereIn('action', [...levels])
    .where((active) => void active.whereNull('active').orWhere({ active: true }))
    .select('document_id');

const inboxesAt = (strapi: Strapi, levels: readonly Level[]): Query =>
  strapi.db
    .getConnection(tables.inbox)
    .whereIn('level', [...levels])
    .select('document_id');
