import { holdingsOf } from '../../../domain/access/holding';
import type { MailToHold } from '../../../domain/access/holding';
import { isOfTeam } from '../../../domain/logging/outsiders';
import { addressRoles } from '../../../domain/access/standing';
import type { AddressRole } from '../../../domain/access/standing';
import { inParts } from '../base/in-parts';
import { findRows, insertRows, updateRows } from '../base/query-rows';
import type { Query, Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { tables, uids } from '../base/names';
import { loadTeam } from './load-team';

/** A recorded message, with hashes as addresses. */
export interface MessageToHold {
  id: number;
  threadId: number;
  mail: MailToHold;
}

/** An inbox that is connected, as the address of the team that it is. */
export interface InboxAddress {
  documentId: string;
  address: string;
  addressKey: string;
  /** ISO. */
  connectedAt: string | null;
}

/** Writes down which inboxes hold new messages, and which of them decide. Within a transaction of the caller. */
export const writeHoldings = async (
  { strapi }: Writer,
  messages: readonly MessageToHold[],
  connected?: readonly InboxAddress[]
): Promise<void> => {
  const inboxes = connected ?? (await loadInboxAddresses(strapi));
  const inboxOf = new Map(inboxes.map(({ addressKey, documentId }) => [addressKey, documentId]));
  await insertRows(
    strapi,
    uids.holding,
    messages.flatMap(({ id, threadId, mail }) =>
      holdingsOf(mail, (hash) => inboxOf.get(hash) ?? null).map((holding) => ({
        messageId: id,
        threadId,
        ...holding,
      }))
    )
  );
};

/** The addresses of connected inboxes, as far as they are the team's, in the order in which they were connected. */
export const loadInboxAddresses = async (strapi: Strapi): Promise<InboxAddress[]> => {
  const team = await loadTeam(strapi);
  const inboxes = await findRows<InboxAddress>(strapi, uids.inbox, {
    where: { addressKey: { $notNull: true } },
    select: ['documentId', 'address', 'addressKey', 'connectedAt'],
    orderBy: [{ connectedAt: 'asc' }, { id: 'asc' }],
  });
  return inboxes.filter(({ address }) => isOfTeam(address, team));
};

interface Sighting {
  message_id: number;
  thread_id: number;
  inbox_document_id: string;
  address: string;
  /** null: the inbox has nothing to do with the message yet. */
  holding_id: number | null;
}

const ON_MAIL = addressRoles.filter((role) => role !== 'answered') satisfies AddressRole[];

/**
 * Messages of which a copy lies in an inbox whose recorded address is on them are that inbox's too. Not for a copy
 * alone, which anybody can file into their own mailbox (S41); and it decides nothing that was not decided when the
 * message was recorded, so that nothing that was visible becomes hidden.
 */
export const holdSighted = async (writer: Writer, messageDocumentIds: readonly string[]): Promise<void> => {
  for (const some of inParts(messageDocumentIds)) {
    const named = copiesNotHeld(writer.table)
      .join(`${tables.messageAddress} as a`, (on) => {
        on.on('a.message_id', 'm.id').andOn('a.address_hash', 'i.address_key');
      })
      .whereIn('m.document_id', some)
      .whereIn('a.role', ON_MAIL);
    const sightings = await sightingsOf(named);
    // Mostly none: the inbox that logged a message holds it.
    if (sightings.length > 0) await holdAnew(writer, sightings);
  }
};

/**
 * The same for one inbox, whose copy was compared and is a true one, whoever is named on it. Resolves with whether it
 * holds the message only now: not if it did before, and not if its address is not the team's.
 */
export const holdTrueCopy = async (
  writer: Writer,
  messageDocumentId: string,
  inboxDocumentId: string
): Promise<boolean> => {
  const copies = copiesNotHeld(writer.table)
    .where('m.document_id', messageDocumentId)
    .where('i.document_id', inboxDocumentId);
  return (await holdAnew(writer, await sightingsOf(copies))) > 0;
};

/** Copies (l) of messages (m) in inboxes (i) that do not hold them, though they may decide about them (h). */
export const copiesNotHeld = (table: Writer['table']): Query =>
  copiesOf(table).where((open) => void open.whereNull('h.id').orWhere('h.holds', false));

/** Copies (l) of messages (m) in inboxes (i), with what these have to do with them (h), if anything. */
export const copiesOf = (table: Writer['table']): Query =>
  table(`${tables.message} as m`)
    .join(`${tables.location} as l`, 'l.message_document_id', 'm.document_id')
    .join(`${tables.inbox} as i`, 'i.document_id', 'l.inbox_document_id')
    .leftJoin(`${tables.holding} as h`, (on) => {
      on.on('h.message_id', 'm.id').andOn('h.inbox_document_id', 'i.document_id');
    });

const sightingsOf = (copies: Query): Promise<Sighting[]> =>
  copies.distinct(
    'm.id as message_id',
    'm.thread_id',
    'l.inbox_document_id',
    'i.address',
    'h.id as holding_id'
  );

/** Resolves with how many of them. */
const holdAnew = async ({ strapi }: Writer, sightings: readonly Sighting[]): Promise<number> => {
  const team = await loadTeam(strapi);
  const theirs = sightings.filter(({ address }) => isOfTeam(address, team));
  const claimed = theirs.flatMap(({ holding_id: id }) => id ?? []);
  await insertRows(
    strapi,
    uids.holding,
    theirs
      .filter(({ holding_id: id }) => id === null)
      .map((one) => ({
        messageId: one.message_id,
        threadId: one.thread_id,
        inboxDocumentId: one.inbox_document_id,
        holds: true,
        decides: false,
      }))
  );
  if (claimed.length > 0) await updateRows(strapi, uids.holding, { id: { $in: claimed } }, { holds: true });
  return theirs.length;
};
