import type { Strapi } from '../base/strapi';
import { tables, uids } from '../base/names';
import { filesAreDue } from './files-are-due';
import type { MigrationContext, StartMigration } from './migration';

/** 0.1.0 found inboxes by this index; now the index is unique, under another name. */
const FORMER_INDEX = 'ec_inbox_address_ix';

interface InboxRow {
  id: number;
  document_id: string;
  address_key: string;
}

/**
 * One mailbox is one inbox (S52). A disconnected inbox has no address key. Of several inboxes that are connected to
 * one mailbox the one that was connected last stays; the others are disconnected as a person would do it.
 */
export const oneMailboxOneInbox: StartMigration = {
  number: 3,
  name: 'one mailbox, one inbox',
  phase: 'after-schema',
  up: async ({ strapi, assertLock }) => {
    await assertLock();
    await inboxes(strapi).where({ state: 'disconnected' }).update({ address_key: null });
    const kept = new Map<string, string>();
    for (const inbox of await newestFirst(strapi)) {
      const keeps = kept.get(inbox.address_key);
      if (keeps === undefined) kept.set(inbox.address_key, inbox.document_id);
      else await disconnect({ strapi, assertLock }, inbox, keeps);
    }
    await dropFormerIndex({ strapi, assertLock });
    await filesAreDue({ strapi, assertLock });
  },
};

const inboxes = (strapi: Strapi) => strapi.db.getConnection(tables.inbox);

const newestFirst = (strapi: Strapi): Promise<InboxRow[]> =>
  inboxes(strapi)
    .whereNotNull('address_key')
    .select('id', 'document_id', 'address_key')
    .orderByRaw('connected_at is null, connected_at desc, id desc');

/**
 * The passwords are deleted first: without an address key, the inbox is not found again. Mail that waits to be sent
 * is held when the loops begin.
 */
const disconnect = async (
  { strapi, assertLock }: MigrationContext,
  { id, document_id: documentId }: InboxRow,
  keptDocumentId: string
): Promise<void> => {
  const secrets = strapi.db.metadata.get(uids.secret).tableName;
  await assertLock();
  await strapi.db.getConnection(secrets).where({ inbox_document_id: documentId }).delete();
  await assertLock();
  await inboxes(strapi).where({ id }).update({
    state: 'disconnected',
    address_key: null,
    next_pass_at: null,
    state_code: 'INBOX_ALREADY_CONNECTED',
    state_reason:
      'Another inbox with this address is connected, and one mailbox is read by one inbox. Nothing has to be done; to read it by this one, disconnect the other one first.',
  });
  strapi.log.warn(
    `[email-connect] The inbox ${documentId} is disconnected: the inbox ${keptDocumentId} has the same address and was connected later.`
  );
};

const dropFormerIndex = async ({ strapi, assertLock }: MigrationContext): Promise<void> => {
  const indexes = await strapi.db.dialect.schemaInspector.getIndexes(tables.inbox);
  if (!indexes.some(({ name }) => name === FORMER_INDEX)) return;
  await assertLock();
  await strapi.db
    .getSchemaConnection()
    .alterTable(tables.inbox, (altered) => void altered.dropIndex([], FORMER_INDEX));
};
