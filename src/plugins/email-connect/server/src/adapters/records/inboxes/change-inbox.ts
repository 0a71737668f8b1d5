import { alreadyConnected } from '../../../domain/inbox/already-connected';
import type { Inbox } from '../../../domain/inbox/inbox';
import type { InboxChange, InboxRecords } from '../../../ports';
import { findRow, updateRows } from '../base/query-rows';
import type { Writer } from '../base/transaction';
import { isDuplicate } from '../base/failures';
import { uids } from '../base/names';
import type { InboxRow } from '../base/rows';
import { chooseFolders } from './folder-rows';
import { addressKey, settingsOf, toInbox, toRow } from './inbox-rows';
import { endRest, signalChange } from './inbox-signals';
import { namedOn, writeNamed } from './named';
import { deleteSecrets, saveSecrets } from './secrets-table';

type Decide = (stored: Inbox) => InboxChange;
type Also = NonNullable<Parameters<InboxRecords['change']>[2]>;

/**
 * Within a transaction of the caller. It begins with a write: on every database another change of the same inbox then
 * waits, and reads what was written here (S52).
 */
export const changeInbox = async (
  writer: Writer,
  documentId: string,
  decide: Decide,
  { secrets, folders, endsRest, named }: Also
): Promise<Inbox | null> => {
  const { strapi } = writer;
  const load = async () => toInbox(await findRow<InboxRow>(strapi, uids.inbox, { where: { documentId } }));
  await signalChange(writer, documentId);
  const stored = await load();
  if (!stored) return null;
  const change = decide(stored);
  await write(writer, stored, change);
  if (secrets === null) await deleteSecrets(strapi, documentId);
  if (secrets) await saveSecrets(strapi, documentId, secrets);
  if (folders) await chooseFolders(strapi, documentId, folders);
  const isHandedOver = change.ownerDocumentId !== undefined;
  const beside = named ?? (isHandedOver ? await namedOn(strapi, documentId) : null);
  if (beside) await writeNamed(writer, { ...stored, ...change }, beside);
  if (endsRest) await endRest(writer, documentId);
  return load();
};

const write = async ({ strapi }: Writer, stored: Inbox, change: InboxChange): Promise<void> => {
  const { documentId, state, address, ...others } = { ...stored, ...change };
  const row = {
    ...toRow(change),
    settings: settingsOf(others),
    addressKey: state === 'disconnected' ? null : addressKey(address),
    updatedAt: new Date(),
  };
  await updateRows(strapi, uids.inbox, { documentId }, row).catch((error: unknown) => {
    throw isDuplicate(error) ? alreadyConnected(address) : error;
  });
};
