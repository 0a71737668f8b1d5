import type { ImapUid } from '../../domain/message/message';
import type { InboxFolder, SyncCursor } from '../../domain/sync/folder';
import type { FolderRecords } from '../../ports';
import { findRows, insertRows, inTransaction, updateRows } from './database';
import type { Strapi } from './database';
import { readSpecialUse } from './enumerations';
import { shortHash } from './hashes';
import { uids } from './names';
import type { FolderRow } from './rows';
import { storable } from './storable';

type FolderToWatch = Pick<InboxFolder, 'folderPath' | 'specialUse' | 'watched'>;

export const createFolderRecords = (strapi: Strapi): FolderRecords => ({
  list: async (inboxDocumentId) => (await loadFolders(strapi, inboxDocumentId)).map(toFolder),

  merge: (inboxDocumentId, folders) =>
    inTransaction(strapi, async () => {
      const known = new Map((await loadFolders(strapi, inboxDocumentId)).map((row) => [row.folderKey, row]));
      const listed = new Map(folders.map((folder) => [folderKey(folder.folderPath), folder]));
      const added = [...listed].filter(([key]) => !known.has(key)).map(([, folder]) => folder);
      await insertFolders(strapi, inboxDocumentId, added);
      for (const row of known.values()) await bringUpToDate(strapi, row, listed.get(row.folderKey));
    }),

  setWatched: (inboxDocumentId, folderPaths) =>
    inTransaction(strapi, async () => {
      const folderKeys = folderPaths.map(folderKey);
      await updateRows(strapi, uids.folderCursor, { inboxDocumentId }, { watched: false });
      await updateRows(
        strapi,
        uids.folderCursor,
        { inboxDocumentId, folderKey: { $in: folderKeys } },
        { watched: true }
      );
    }),

  recordFailure: async (inboxDocumentId, folderPath, code, at) => {
    const where = { inboxDocumentId, folderKey: folderKey(folderPath) };
    await updateRows(strapi, uids.folderCursor, where, { lastErrorCode: code, lastPassAt: at.getTime() });
  },
});

/** What a folder is found by: its path may be longer than an index takes, and MySQL would compare it without case. */
export const folderKey = (folderPath: string): string => shortHash(folderPath);

const loadFolders = (strapi: Strapi, inboxDocumentId: string) =>
  findRows<FolderRow>(strapi, uids.folderCursor, { where: { inboxDocumentId }, orderBy: { id: 'asc' } });

/** A folder that vanished keeps its cursor: it may come back. */
const bringUpToDate = async (
  strapi: Strapi,
  row: FolderRow,
  listed: FolderToWatch | undefined
): Promise<void> => {
  const specialUse = listed ? listed.specialUse : row.specialUse;
  const watched = listed ? row.watched : false;
  if (specialUse === row.specialUse && watched === row.watched) return;
  await updateRows(strapi, uids.folderCursor, { id: row.id }, { specialUse, watched });
};

export const insertFolders = (
  strapi: Strapi,
  inboxDocumentId: string,
  folders: readonly (FolderToWatch & Partial<InboxFolder>)[]
): Promise<void> =>
  insertRows(
    strapi,
    uids.folderCursor,
    folders.map((folder) => ({
      inboxDocumentId,
      folderPath: storable(folder.folderPath),
      folderKey: folderKey(folder.folderPath),
      specialUse: folder.specialUse,
      watched: folder.watched,
      uidValidity: folder.cursor?.uidValidity ?? null,
      lastUid: folder.cursor?.lastUid ?? null,
      lastPassAt: folder.lastPassAt ? Date.parse(folder.lastPassAt) : null,
      lastErrorCode: folder.lastErrorCode ?? null,
    }))
  );

const toFolder = (row: FolderRow): InboxFolder => ({
  folderPath: row.folderPath,
  specialUse: readSpecialUse(row.specialUse),
  watched: row.watched,
  cursor: toCursor(row),
  lastPassAt: row.lastPassAt === null ? null : new Date(Number(row.lastPassAt)).toISOString(),
  lastErrorCode: row.lastErrorCode,
});

const toCursor = ({ uidValidity, lastUid }: FolderRow): SyncCursor | null =>
  uidValidity === null || lastUid === null ? null : { uidValidity, lastUid: Number(lastUid) as ImapUid };

/** Moves the cursor, if it still is where the pass began: false when another pass moved it. A pass that got here forgets the folder's last failure. */
export const moveCursor = async (
  strapi: Strapi,
  folder: { inboxDocumentId: string; folderPath: string },
  cursor: { before: SyncCursor | null; after: SyncCursor },
  at: Date
): Promise<boolean> => {
  const moved = await updateRows(
    strapi,
    uids.folderCursor,
    {
      inboxDocumentId: folder.inboxDocumentId,
      folderKey: folderKey(folder.folderPath),
      uidValidity: cursor.before?.uidValidity ?? null,
      lastUid: cursor.before?.lastUid ?? null,
    },
    {
      uidValidity: cursor.after.uidValidity,
      lastUid: cursor.after.lastUid,
      lastPassAt: at.getTime(),
      lastErrorCode: null,
    }
  );
  return moved > 0;
};
