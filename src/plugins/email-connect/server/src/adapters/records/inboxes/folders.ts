import type { FolderRecords } from '../../../ports';
import { updateRows } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import { folderKey, loadFolders, suspectColumns, toFolder } from './folder-rows';
import { leaseLost, passFence } from './leases';
import { mergeFolders } from './merge-folders';

export const createFolderRecords = (strapi: Strapi): FolderRecords => ({
  list: async (inboxDocumentId) => (await loadFolders(strapi, inboxDocumentId)).map(toFolder),

  merge: (inboxDocumentId, folders, readFrom) =>
    inTransaction(strapi, (writer) => mergeFolders(writer.strapi, inboxDocumentId, folders, readFrom)),

  recordFailure: async (inboxDocumentId, folderPath, { code, failures, retryAt, at }) => {
    const where = { inboxDocumentId, folderKey: folderKey(folderPath) };
    await updateRows(strapi, uids.folderCursor, where, {
      lastErrorCode: code,
      lastPassAt: at.getTime(),
      failures,
      retryAt: retryAt?.getTime() ?? null,
    });
  },

  recordSuspect: (fence, folderPath, suspect) =>
    inTransaction(strapi, async (writer) => {
      if (!(await passFence(writer, fence))) throw leaseLost();
      const where = { inboxDocumentId: fence.inboxDocumentId, folderKey: folderKey(folderPath) };
      await updateRows(strapi, uids.folderCursor, where, suspectColumns(suspect));
    }),
});
