import { deleteFound, deleteRowsIn, findRowsIn, insertRows } from './database';
import type { Strapi } from './database';
import { uids } from './names';

export interface MessageToBury {
  id: number;
  documentId: string;
  dedupKey: string;
}

/**
 * Deletes messages with their files, locations and what is left of sending them, and puts a tombstone in the place of
 * each, so that no pass brings it back (S21, c58). Within a transaction of the caller. Resolves with the storage keys
 * that no record uses any more. What is still on its way out is sent: removing a record takes no mail back.
 */
export const buryMessages = async (
  strapi: Strapi,
  messages: readonly MessageToBury[],
  at: Date
): Promise<string[]> => {
  const documentIds = messages.map(({ documentId }) => documentId);
  const ids = messages.map(({ id }) => id);
  await addTombstones(strapi, messages, at);
  const files = await findRowsIn<StoredFileRow>(strapi, uids.attachment, 'message', ids, {
    select: ['id', 'sha256', 'storageKey'],
  });
  await deleteFound(strapi, uids.attachment, files);
  await deleteRowsIn(strapi, uids.location, 'messageDocumentId', documentIds);
  const sources = await forgetFinishedSends(strapi, documentIds);
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

/** Resolves with the keys of composed mails that were kept because they could not be sent. */
const forgetFinishedSends = async (strapi: Strapi, documentIds: readonly string[]): Promise<string[]> => {
  const rows = await findRowsIn<{ id: number; stage: string; sourceKey: string }>(
    strapi,
    uids.outbox,
    'messageDocumentId',
    documentIds,
    { where: { stage: { $in: ['done', 'failed'] } } }
  );
  await deleteFound(strapi, uids.outbox, rows);
  return rows.filter(({ stage }) => stage === 'failed').map(({ sourceKey }) => sourceKey);
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
