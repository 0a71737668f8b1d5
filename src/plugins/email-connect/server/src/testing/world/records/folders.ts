import { newFolder } from '../../../domain/sync/folder';
import type { InboxFolder } from '../../../domain/sync/folder';
import { locationKey } from './database';
import type { ModelDatabase } from './database';

/** As the records do it: who is who by object id, then by path. */
export const mergeFolders = (
  database: ModelDatabase,
  inboxDocumentId: string,
  listed: readonly Pick<InboxFolder, 'folderPath' | 'specialUse' | 'watched' | 'objectId'>[],
  readFrom: Date | null
): void => {
  const left = new Set(database.foldersOf(inboxDocumentId));
  const take = (isIt: (folder: InboxFolder) => boolean): InboxFolder | undefined => {
    const found = [...left].find(isIt);
    if (found) left.delete(found);
    return found;
  };
  const merged = listed.map((one): InboxFolder => {
    const known =
      (one.objectId === null ? undefined : take(({ objectId }) => objectId === one.objectId)) ??
      take(({ folderPath }) => folderPath === one.folderPath);
    if (!known) {
      return { ...newFolder(one), readFrom: readFrom?.toISOString() ?? null };
    }
    if (known.folderPath !== one.folderPath)
      renameQuarantine(database, inboxDocumentId, known, one.folderPath);
    const isBack = known.listed ? {} : { failures: 0, retryAt: null, lastErrorCode: null };
    return {
      ...known,
      folderPath: one.folderPath,
      objectId: one.objectId ?? known.objectId,
      listed: true,
      ...isBack,
    };
  });
  const gone = [...left]
    .filter((folder) => !merged.some(({ folderPath }) => folderPath === folder.folderPath))
    .map((folder) => ({ ...folder, listed: false }));
  database.folders.set(inboxDocumentId, [...merged, ...gone]);
};

const renameQuarantine = (
  { quarantine }: ModelDatabase,
  inboxDocumentId: string,
  { folderPath }: InboxFolder,
  renamed: string
): void => {
  for (const [key, entry] of [...quarantine]) {
    if (entry.inboxDocumentId !== inboxDocumentId || entry.location.folderPath !== folderPath) continue;
    quarantine.delete(key);
    const location = { ...entry.location, folderPath: renamed };
    quarantine.set(locationKey(inboxDocumentId, location), { ...entry, location });
  }
};
