import { isOfTeam } from '../../../domain/logging/outsiders';
import type { CopyRecords, CopyToCompare, Location } from '../../../ports';
import { readDisposition, readOrigin } from '../base/enumerations';
import { inParts } from '../base/in-parts';
import { nowMs } from '../base/instants';
import { tables, uids } from '../base/names';
import { findRowsIn } from '../base/query-rows';
import type { AttachmentRow, MessageRow } from '../base/rows';
import type { Query, Strapi } from '../base/strapi';
import { inTransaction } from '../base/transaction';
import type { Writer } from '../base/transaction';
import { messageIdsOf } from '../facts/id-index';
import { folderKey } from '../inboxes/folder-rows';
import { leaseLost, passFence } from '../inboxes/leases';
import { toLocation } from '../inboxes/locations';
import type { LocationRow } from '../inboxes/locations';
import { loadTeam } from '../people/load-team';
import { copiesNotHeld, copiesOf, holdTrueCopy } from '../people/write-holdings';

export const createCopyRecords = (strapi: Strapi): CopyRecords => ({
  listDue: async (inboxDocumentId, limit) => {
    const due = await dueIn(strapi, inboxDocumentId, limit);
    if (due.length === 0) return [];
    const team = await loadTeam(strapi);
    const theirs = due.filter(({ address }) => isOfTeam(address, team));
    return loadCopies(strapi, inboxDocumentId, new Map(theirs.map((one) => [one.document_id, one])));
  },

  plan: (fence, { locations: [location] }, waitMs) =>
    inTransaction(strapi, async (writer) => {
      if (!(await passFence(writer, fence))) throw leaseLost();
      if (!location) return false;
      const now = nowMs(strapi);
      const planned: number = await rowAt(writer, fence.inboxDocumentId, location)
        .whereRaw(`compare_at <= ${now}`)
        .update({
          compare_at: waitMs === null ? null : strapi.db.connection.raw(`${now} + ?`, [waitMs]),
          compares: strapi.db.connection.raw('coalesce(compares, 0) + 1'),
        });
      return planned > 0;
    }),

  settle: ({ inboxDocumentId, token }, { messageDocumentId, locations: [location] }, isTrue) =>
    inTransaction(strapi, async (writer) => {
      if (!(await passFence(writer, { inboxDocumentId, token }))) throw leaseLost();
      if (location) await rowAt(writer, inboxDocumentId, location).update({ compare_at: null });
      return isTrue && (await holdTrueCopy(writer, messageDocumentId, inboxDocumentId));
    }),
});

/** When copies are due: those that are found now before those of earlier versions, which may be very many. */
export const COMPARED = { next: 0, afterOthers: 1 } as const;

/**
 * Copies of these messages, in inboxes that do not hold them, are due to be compared, each once. Within a transaction of
 * the caller.
 */
export const askToCompare = async (
  writer: Writer,
  messageDocumentIds: readonly string[],
  dueAt: number = COMPARED.next
): Promise<void> => {
  for (const some of inParts(messageDocumentIds)) {
    const copies: { id: number }[] = await copiesNotHeld(writer.table)
      .whereIn('m.document_id', some)
      .whereNull('l.compares')
      .whereNull('l.compare_at')
      .select('l.id');
    for (const ids of inParts(copies.map(({ id }) => id)))
      await writer.table(tables.location).whereIn('id', ids).update({ compare_at: dueAt });
  }
};

interface DueRow {
  id: number;
  document_id: string;
  address: string;
  /** As the database's driver tells a boolean; null where the inbox has nothing to do with the message. */
  holds: boolean | number | null;
}

/** Also of what the inbox holds by now: else such rows would be looked at in every turn. */
const dueIn = (strapi: Strapi, inboxDocumentId: string, limit: number): Promise<DueRow[]> =>
  copiesOf((name) => strapi.db.getConnection(name))
    .where('l.inbox_document_id', inboxDocumentId)
    .whereRaw(`l.compare_at <= ${nowMs(strapi)}`)
    .select('l.id', 'm.document_id', 'i.address', 'h.holds')
    .orderBy('l.compare_at')
    .limit(limit);

type CopiedMessageRow = Pick<
  MessageRow,
  'documentId' | 'messageId' | 'origin' | 'thread' | 'text' | 'html'
> & {
  size: number;
  attachments: (Pick<AttachmentRow, 'id' | 'size' | 'disposition' | 'retryAt'> & { sha256: string | null })[];
};

type CopyRow = LocationRow & {
  id: number;
  inboxDocumentId: string;
  messageDocumentId: string;
  compares: number | null;
};

/** `dueOf`: the due locations, by the documentIds of their messages. */
const loadCopies = async (
  strapi: Strapi,
  inboxDocumentId: string,
  dueOf: ReadonlyMap<string, DueRow>
): Promise<CopyToCompare[]> => {
  const documentIds = [...dueOf.keys()];
  const messages = await findRowsIn<CopiedMessageRow>(strapi, uids.message, 'documentId', documentIds, {
    select: ['documentId', 'messageId', 'origin', 'size', 'text', 'html'],
    populate: { thread: { select: ['documentId'] }, attachments: true },
  });
  // Not by the inbox too: SQLite then looks through all that lies in it.
  const anywhere = await findRowsIn<CopyRow>(strapi, uids.location, 'messageDocumentId', documentIds);
  const lying = anywhere.filter((row) => row.inboxDocumentId === inboxDocumentId);
  return messages
    .sort((a, b) => documentIds.indexOf(a.documentId) - documentIds.indexOf(b.documentId))
    .map((row) => {
      const copies = lying.filter(({ messageDocumentId }) => messageDocumentId === row.documentId);
      return {
        messageDocumentId: row.documentId,
        threadDocumentId: row.thread?.documentId ?? '',
        messageId: messageIdsOf([row.messageId])[0] ?? null,
        origin: readOrigin(row.origin),
        size: row.size,
        locations: copies.filter(({ id }) => id === dueOf.get(row.documentId)?.id).map(toLocation),
        isHeld: Boolean(dueOf.get(row.documentId)?.holds),
        isWaitingForFiles: row.attachments.some(({ sha256, retryAt }) => sha256 === null && retryAt !== null),
        content: {
          text: row.text ?? '',
          html: row.html ?? '',
          files: row.attachments
            .sort((a, b) => a.id - b.id)
            .map(({ size, sha256, disposition }) => ({
              size,
              sha256,
              disposition: readDisposition(disposition),
            })),
        },
        tries: copies.reduce((sum, { compares }) => sum + (compares ?? 0), 0),
      };
    });
};

const rowAt = (
  { table }: Writer,
  inboxDocumentId: string,
  { folderPath, uidValidity, imapUid }: Location
): Query =>
  table(tables.location).where({
    inbox_document_id: inboxDocumentId,
    folder_key: folderKey(folderPath),
    uid_validity: uidValidity,
    imap_uid: imapUid,
  });
