import type { FolderRole } from '../../domain/sync/folder';
import type { FolderRecords } from '../../ports';
import { inTransaction, updateRows } from './database';
import type { Strapi } from './database';
import { folderKey, loadFolders, toFolder } from './folder-rows';
import { mergeFolders } from './merge-folders';
import { uids } from './names';

export const createFolderRecords = (strapi: Strapi): FolderRecords => ({
  list: async (inboxDocumentId) => (await loadFolders(strapi, inboxDocumentId)).map(toFolder),

  merge: (inboxDocumentId, folders, readFrom) =>
    inTransaction(strapi, (writer) => mergeFolders(writer.strapi, inboxDocumentId, folders, readFrom)),

  choose: (inboxDocumentId, choices) =>
    inTransaction(strapi, async () => {
      const listed = { $or: [{ listed: true }, { listed: null }] };
      const unchosen = { watched: false, role: 'watch' };
      await updateRows(strapi, uids.folderCursor, { inboxDocumentId, ...listed }, unchosen);
      for (const [role, folderKeys] of keysByRole(choices)) {
        const chosen = { inboxDocumentId, folderKey: { $in: folderKeys }, ...listed };
        await updateRows(strapi, uids.folderCursor, chosen, { watched: true, role });
      }
    }),

  recordFailure: async (inboxDocumentId, folderPath, { code, failures, retryAt, at }) => {
    const where = { inboxDocumentId, folderKey: folderKey(folderPath) };
    await updateRows(strapi, uids.folderCursor, where, {
      lastErrorCode: code,
      lastPassAt: at.getTime(),
      failures,
      retryAt: retryAt?.getTime() ?? null,
    });
  },
});

const keysByRole = (
  choices: readonly { folderPath: string; role: FolderRole }[]
): Map<FolderRole, string[]> => {
  const keys = new Map<FolderRole, string[]>();
  for (const { folderPath, role } of choices) {
    keys.set(role, [...(keys.get(role) ?? []), folderKey(folderPath)]);
  }
  return keys;
};
