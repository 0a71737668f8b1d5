import { readAddressRole, readDirection } from '../base/enumerations';
import { deleteRowsIn, findRowsIn } from '../base/query-rows';
import { tables, uids } from '../base/names';
import type { Writer } from '../base/transaction';
import type { MessageAddressRow } from '../base/rows';
import { holdSighted, loadInboxAddresses, writeHoldings } from '../people/write-holdings';
import type { InboxAddress } from '../people/write-holdings';
import type { SteppedMigration } from './migration';
import { newestFirst } from './newest-first';

interface HeldRow {
  id: number;
  documentId: string;
  direction: string;
  createdAt: string | null;
  receivedAt: string;
  thread: { id: number };
  inbox: { documentId: string } | null;
}

/** Which inboxes hold the mail of earlier versions, and whose level decides about it (S42). Newest threads first. */
export const whoHoldsWhat: SteppedMigration = {
  number: 9,
  name: 'who holds what',
  phase: 'stepped',
  step: newestFirst<{ id: number }>({
    uid: uids.thread,
    select: ['id'],
    atOnce: 100,
    work: (writer, threads) =>
      holdThreads(
        writer,
        threads.map(({ id }) => id)
      ),
  }),
};

const holdThreads = async (writer: Writer, threadIds: readonly number[]): Promise<void> => {
  const { strapi } = writer;
  // A pass that writes to one of them comes wholly before or wholly after.
  await writer.table(tables.thread).whereIn('id', threadIds).orderBy('id').forUpdate().select('id');
  const messages = await findRowsIn<HeldRow>(strapi, uids.message, 'thread', threadIds, {
    select: ['id', 'documentId', 'direction', 'createdAt', 'receivedAt'],
    populate: { thread: { select: ['id'] }, inbox: { select: ['documentId'] } },
  });
  const addresses = await findRowsIn<MessageAddressRow>(strapi, uids.messageAddress, 'threadId', threadIds);
  const namedOn = grouped(addresses, ({ messageId }) => messageId);
  const inboxes = await loadInboxAddresses(strapi);
  await deleteRowsIn(strapi, uids.holding, 'threadId', threadIds);
  for (const [since, recorded] of grouped(messages, (message) => connectedBefore(inboxes, message))) {
    await writeHoldings(
      writer,
      recorded.map(({ id, direction, thread, inbox }) => ({
        id,
        threadId: thread.id,
        mail: {
          direction: readDirection(direction),
          recordedFrom: inbox?.documentId ?? null,
          named: (namedOn.get(id) ?? []).map(({ addressHash, role }) => ({
            address: addressHash,
            role: readAddressRole(role),
          })),
        },
      })),
      inboxes.slice(0, since)
    );
  }
  await holdSighted(
    writer,
    messages.map(({ documentId }) => documentId)
  );
};

const grouped = <Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> => {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
};

/** How many of the inboxes, in the order in which they were connected, were there when the message was recorded. */
const connectedBefore = (inboxes: readonly InboxAddress[], { createdAt, receivedAt }: HeldRow): number => {
  const recordedAt = Date.parse(createdAt ?? receivedAt);
  return inboxes.filter(({ connectedAt }) => connectedAt === null || Date.parse(connectedAt) <= recordedAt)
    .length;
};
