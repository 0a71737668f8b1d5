import { alreadyConnected } from '../../../domain/inbox/already-connected';
import type { Inbox } from '../../../domain/inbox/inbox';
import { firstToSendFrom } from '../../../domain/inbox/named';
import type { InboxRecords } from '../../../ports';
import { toStored } from '../../../domain/stored-word';
import { findRow, findRows, insertRows, updateRows } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import { newDocumentId } from '../base/new-document-id';
import { isDuplicate } from '../base/failures';
import { uids } from '../base/names';
import type { InboxRow } from '../base/rows';
import { changeInbox } from './change-inbox';
import { insertFolders } from './folder-rows';
import { addressKey, settingsOf, toInbox, toRow } from './inbox-rows';
import { askInbox, listSignalled, signalChange } from './inbox-signals';
import { namedOn } from './named';
import { loadSecrets, saveSecrets } from './secrets-table';

export const createInboxRecords = (strapi: Strapi): InboxRecords => ({
  load: (documentId) => loadInbox(strapi, documentId),
  list: async () => {
    const rows = await findRows<InboxRow>(strapi, uids.inbox, { orderBy: { id: 'asc' } });
    return rows.flatMap((row) => toInbox(row) ?? []);
  },
  namedOn: (documentId) => namedOn(strapi, documentId),
  findByOwner: async (ownerDocumentId) => {
    const where = { ownerDocumentId };
    const rows = await findRows<InboxRow>(strapi, uids.inbox, { where, orderBy: { id: 'asc' } });
    return firstToSendFrom(
      rows.flatMap((row) => toInbox(row) ?? []),
      ownerDocumentId
    );
  },
  findByAddress: async (address) => toInbox(await findInbox(strapi, { addressKey: addressKey(address) })),

  create: (inbox, seal, folders) =>
    inTransaction(strapi, async (writer) => {
      const documentId = newDocumentId();
      const row = { ...toRow(inbox), settings: settingsOf(inbox), addressKey: addressKey(inbox.address) };
      await insertRows(strapi, uids.inbox, [{ ...row, documentId, publishedAt: new Date() }]).catch(
        (error: unknown) => {
          throw isDuplicate(error) ? alreadyConnected(inbox.address) : error;
        }
      );
      await signalChange(writer, documentId);
      await saveSecrets(strapi, documentId, seal(documentId));
      await insertFolders(strapi, documentId, folders);
      return { ...inbox, documentId, version: 1 };
    }),

  change: (documentId, decide, also = {}) =>
    inTransaction(strapi, (writer) => changeInbox(writer, documentId, decide, also)),

  recordState: async ({ documentId, version }, progress) => {
    const unchanged = version === 0 ? { $or: [{ version }, { version: null }] } : { version };
    const where = { documentId, state: { $notIn: DECIDED.map(toStored) }, ...unchanged };
    return (await updateRows(strapi, uids.inbox, where, { ...toRow(progress), updatedAt: new Date() })) > 0;
  },

  ask: (documentId, { endsRest }) =>
    inTransaction(strapi, (writer) => askInbox(writer, documentId, endsRest)),
  listSignalled: (withinMs) => listSignalled(strapi, withinMs),

  loadSecrets: (documentId) => loadSecrets(strapi, documentId),
});

/** States that a person chose. */
const DECIDED = ['paused', 'disconnected'] as const satisfies Inbox['state'][];

const loadInbox = async (strapi: Strapi, documentId: string): Promise<Inbox | null> =>
  toInbox(await findInbox(strapi, { documentId }));

const findInbox = (strapi: Strapi, where: object) =>
  findRow<InboxRow>(strapi, uids.inbox, { where, orderBy: { id: 'asc' } });
