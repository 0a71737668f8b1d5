import { EmailConnectError } from '../../domain/errors';
import type { OutgoingStage } from '../../domain/outgoing/stage';
import { deleteFound, deleteRowsIn, findRowsIn, insertRows, nowMs } from './database';
import type { Strapi, Writer } from './database';
import { tables, uids } from './names';

export interface MessageToBury {
  id: number;
  documentId: string;
  dedupKey: string;
}

/**
 * Deletes messages with their files, locations and what is left of sending them, and puts a tombstone in the place of
 * each, so that no pass brings it back (S21, c58). Within a transaction of the caller. Resolves with the storage keys
 * that no record uses any more.
 */
export const buryMessages = async (
  writer: Writer,
  messages: readonly MessageToBury[],
  at: Date
): Promise<string[]> => {
  const { strapi } = writer;
  const documentIds = messages.map(({ documentId }) => documentId);
  const ids = messages.map(({ id }) => id);
  await addTombstones(strapi, messages, at);
  const files = await findRowsIn<StoredFileRow>(strapi, uids.attachment, 'message', ids, {
    select: ['id', 'sha256', 'storageKey'],
  });
  await deleteFound(strapi, uids.attachment, files);
  await deleteRowsIn(strapi, uids.location, 'messageDocumentId', documentIds);
  const sources = await endSends(writer, documentIds);
  await deleteFound(strapi, uids.message, messages);
  return [...(await unusedKeys(strapi, files)), ...sources];
};

interface StoredFileRow {
  id: number;
  sha256: string | null;
  storageKey: string | null;
}

const addTombstones = async (strapi: Strapi, messages: readonly MessageToBury[], at: Date): Promise<void> => {
  const wanted = new Set(messages.map(({ dedupKey }) => dedupKey));
  const known = await findRowsIn<{ dedupKey: string }>(strapi, uids.tombstone, 'dedupKey', [...wanted]);
  for (const { dedupKey } of known) wanted.delete(dedupKey);
  await insertRows(
    strapi,
    uids.tombstone,
    [...wanted].map((dedupKey) => ({ dedupKey, removedAt: at.getTime() }))
  );
};

/**
 * Ends what is not with the server: erased mail is sent no more. What somebody has in hand this moment goes on, and is
 * forgotten when it is settled, as is a copy that is still to be filed. Resolves with the keys of composed mails.
 */
const endSends = async (writer: Writer, documentIds: readonly string[]): Promise<string[]> => {
  const { strapi } = writer;
  const rowsOf = () =>
    findRowsIn<{ id: number; sourceKey: string }>(strapi, uids.outbox, 'messageDocumentId', documentIds, {
      select: ['id', 'sourceKey'],
    });
  const before = await rowsOf();
  const now = nowMs(strapi);
  for (const { id } of before) {
    await writer
      .table(tables.outbox)
      .where({ id })
      .andWhere(
        (settled) =>
          void settled
            .whereNotIn('stage', ['submitting', 'sent'] satisfies OutgoingStage[])
            .orWhere((left) => void left.where({ stage: 'submitting' }).whereRaw(`claimed_until <= ${now}`))
      )
      .delete();
  }
  const going = new Set((await rowsOf()).map(({ id }) => id));
  return before.filter(({ id }) => !going.has(id)).map(({ sourceKey }) => sourceKey);
};

/** MESSAGE_UNDER_WAY while somebody hands one of these to its server: it lasts moments, and 15 minutes at most. */
export const assertNotInHand = async (writer: Writer, documentIds: readonly string[]): Promise<void> => {
  const [inHand] = await writer
    .table(tables.outbox)
    .whereIn('message_document_id', [...documentIds])
    .where({ stage: 'submitting' satisfies OutgoingStage })
    .whereRaw(`claimed_until > ${nowMs(writer.strapi)}`)
    .select('id')
    .limit(1);
  if (!inHand) return;
  throw new EmailConnectError(
    'MESSAGE_UNDER_WAY',
    'A mail of this conversation is being handed to its server just now.',
    'Wait a moment, then try again.'
  );
};

/** The same bytes are one file, however many mails they came with. */
const unusedKeys = async (strapi: Strapi, files: readonly StoredFileRow[]): Promise<string[]> => {
  const contents = files.flatMap(({ sha256 }) => sha256 ?? []);
  const used = await findRowsIn<{ storageKey: string | null }>(strapi, uids.attachment, 'sha256', contents, {
    select: ['storageKey'],
  });
  const usedKeys = new Set(used.map(({ storageKey }) => storageKey));
  // Without a hash nobody can tell who else uses the file, so it stays.
  const keys = files.flatMap(({ sha256, storageKey }) => (sha256 === null ? [] : (storageKey ?? [])));
  return [...new Set(keys)].filter((key) => !usedKeys.has(key));
};
