import type { InboxFolder } from '../../../domain/sync/folder';
import { deleteRows, updateRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { shortHash } from '../base/hashes';
import { uids } from '../base/names';
import type { FolderRow } from '../base/rows';
import { storable } from '../base/storable';
import { folderKey, insertFolders, loadFolders, objectIdColumn } from './folder-rows';

type ListedFolder = Pick<InboxFolder, 'folderPath' | 'specialUse' | 'watched' | 'objectId'>;

/** Within a transaction of the caller; see `FolderRecords.merge` for the result. */
export const mergeFolders = async (
  strapi: Strapi,
  inboxDocumentId: string,
  folders: readonly ListedFolder[],
  readFrom: Date | null
): Promise<void> => {
  const rows = await loadFolders(strapi, inboxDocumentId);
  const listed = [...new Map(folders.map((folder) => [folderKey(folder.folderPath), folder])).values()];
  const { pairs, added, vanished } = pairUp(rows, listed);
  await rename(strapi, inboxDocumentId, pairs, vanished);
  for (const { row, folder } of pairs) await bringUpToDate(strapi, row, folder);
  for (const row of vanished) {
    if (row.listed !== false) await updateRows(strapi, uids.folderCursor, { id: row.id }, { listed: false });
  }
  await insertFolders(
    strapi,
    inboxDocumentId,
    added.map((folder) => ({ ...folder, readFrom: readFrom?.toISOString() ?? null }))
  );
};

interface Pair {
  row: FolderRow;
  folder: ListedFolder;
}

/** Matches rows and listed folders: first by object id, which survives a rename, then by path. */
const pairUp = (rows: readonly FolderRow[], listed: readonly ListedFolder[]) => {
  const left = new Map(rows.map((row) => [row.id, row]));
  const pairs: Pair[] = [];
  const take = (folder: ListedFolder, isIt: (row: FolderRow) => boolean): boolean => {
    const row = [...left.values()].find(isIt);
    if (!row) return false;
    left.delete(row.id);
    pairs.push({ row, folder });
    return true;
  };
  const others = listed.filter((folder) => {
    const objectId = objectIdColumn(folder.objectId);
    return objectId === null || !take(folder, (row) => row.objectId === objectId);
  });
  const added = others.filter((folder) => !take(folder, isAtPathOf(folder)));
  return { pairs, added, vanished: [...left.values()] };
};

const isAtPathOf = (folder: ListedFolder) => {
  const key = folderKey(folder.folderPath);
  return (row: FolderRow): boolean => row.folderKey === key;
};

/** A folder that the server lists again is tried at once. */
const bringUpToDate = async (strapi: Strapi, row: FolderRow, folder: ListedFolder): Promise<void> => {
  const objectId = objectIdColumn(folder.objectId) ?? row.objectId;
  const isBack = row.listed === false;
  if (folder.specialUse === row.specialUse && objectId === row.objectId && !isBack) return;
  await updateRows(
    strapi,
    uids.folderCursor,
    { id: row.id },
    {
      specialUse: folder.specialUse,
      objectId,
      ...(isBack ? { listed: true, failures: 0, retryAt: null, lastErrorCode: null } : {}),
    }
  );
};

/** Tables with folder paths, in which each message of a folder occurs once. */
const ONCE_IN_FOLDER = [uids.folderCursor, uids.location, uids.quarantine, uids.suggestion];

/**
 * Moves the rows of renamed folders to their new paths, by way of keys that no path has: two folders may have changed
 * places. Rows of a vanished folder are deleted if another folder took its path.
 */
const rename = async (
  strapi: Strapi,
  inboxDocumentId: string,
  pairs: readonly Pair[],
  vanished: FolderRow[]
): Promise<void> => {
  const renamed = pairs.filter(({ row, folder }) => !isAtPathOf(folder)(row));
  const interim = ({ row }: Pair): string => shortHash(`renamed ${row.id}`);
  for (const pair of renamed) {
    await moveRows(strapi, inboxDocumentId, pair.row.folderKey, { folderKey: interim(pair) });
  }
  for (const pair of renamed) {
    const { folderPath } = pair.folder;
    const stale = vanished.findIndex(isAtPathOf(pair.folder));
    if (stale >= 0) vanished.splice(stale, 1);
    for (const uid of ONCE_IN_FOLDER)
      await deleteRows(strapi, uid, { inboxDocumentId, folderKey: folderKey(folderPath) });
    await moveRows(strapi, inboxDocumentId, interim(pair), {
      folderKey: folderKey(folderPath),
      folderPath: storable(folderPath),
    });
  }
};

const moveRows = async (
  strapi: Strapi,
  inboxDocumentId: string,
  from: string,
  to: Record<string, string>
): Promise<void> => {
  for (const uid of [...ONCE_IN_FOLDER, uids.request]) {
    await updateRows(strapi, uid, { inboxDocumentId, folderKey: from }, to);
  }
};
