import { normalizeAddress } from '../../../domain/address/address';
import { deleteFound, findRow, findRows, updateRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { forgetMessages } from '../facts/id-index';
import { addressHash } from '../people/address-hash';
import { uids } from '../base/names';
import type { MessageRow, ParticipantRow } from '../base/rows';
import { buryMessages } from './bury-messages';
import { loadPreviews } from './previews';
import { nothingToShow } from './unlog-thread';

export interface MessageInThread {
  documentId: string;
  threadDocumentId: string;
}

/** Removes one message for good, and updates its thread. */
export const removeMessage = async (
  writer: Writer,
  { documentId, threadDocumentId }: MessageInThread,
  at: Date
): Promise<void> => {
  const { strapi } = writer;
  // This statement comes first, because it locks the row: a pass that counts into this thread comes wholly before or
  // wholly after.
  await updateRows(strapi, uids.thread, { documentId: threadDocumentId }, { updatedAt: at });
  const removed = await findRow<MessageRow & { thread?: { id: number } | null }>(strapi, uids.message, {
    where: { documentId },
    select: ['id', 'documentId', 'dedupKey', ...PEOPLE],
    populate: { thread: { select: ['id'] } },
  });
  if (!removed?.thread) return;
  await buryMessages(writer, [removed], at);
  await forgetMessages(strapi, threadDocumentId, documentId);
  await dropPeople(strapi, threadDocumentId, removed, removed.thread.id);
  await summarise(writer, removed.thread.id, at);
};

const PEOPLE = ['fromAddress', 'to', 'cc', 'bcc'] as const;
type People = Pick<MessageRow, (typeof PEOPLE)[number]>;

const hashesOf = ({ fromAddress, to, cc, bcc }: People): string[] =>
  [fromAddress, ...[...to, ...cc, ...bcc].map(({ address }) => address)].map((address) =>
    addressHash(normalizeAddress(address))
  );

/** People who were only on the removed message do not take part any more (S32). */
const dropPeople = async (
  strapi: Strapi,
  threadDocumentId: string,
  removed: People,
  threadId: number
): Promise<void> => {
  const left = await findRows<People>(strapi, uids.message, {
    where: { thread: threadId },
    select: [...PEOPLE],
  });
  const staying = new Set(left.flatMap(hashesOf));
  const leaving = new Set(hashesOf(removed).filter((hash) => !staying.has(hash)));
  const participants = await findRows<ParticipantRow & { id: number }>(strapi, uids.participant, {
    where: { threadDocumentId },
  });
  const dropped = participants.filter(({ addressHash: hash }) => leaving.has(hash));
  await deleteFound(strapi, uids.participant, dropped);
};

type Newest = Pick<MessageRow, 'id' | 'receivedAt' | 'direction' | 'fromName' | 'fromAddress'>;

/** Updates the columns that a list shows of the thread, from its remaining messages. */
const summarise = async (writer: Writer, threadId: number, at: Date): Promise<void> => {
  const { strapi } = writer;
  const messageCount = await strapi.db.query(uids.message).count({ where: { thread: threadId } });
  const attachmentCount = await strapi.db
    .query(uids.attachment)
    .count({ where: { thread: threadId, disposition: 'attachment' } });
  const newest = await findRow<Newest>(strapi, uids.message, {
    where: { thread: threadId },
    select: ['id', 'receivedAt', 'direction', 'fromName', 'fromAddress'],
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
  });
  const shown = newest && {
    lastMessageAt: newest.receivedAt,
    lastDirection: newest.direction,
    lastFrom: newest.fromName || newest.fromAddress,
    preview: (await loadPreviews(writer, [newest.id])).get(newest.id) ?? '',
    messageCount,
    attachmentCount,
  };
  await updateRows(strapi, uids.thread, { id: threadId }, { ...(shown ?? nothingToShow), updatedAt: at });
};
