import { deleteRows, findRow, findRows, updateRows } from '../base/query-rows';
import type { Writer } from '../base/transaction';
import { forgetMessages } from '../facts/id-index';
import { uids } from '../base/names';
import { forgetGone } from '../inboxes/quarantine';
import { buryMessages } from './bury-messages';
import type { MessageToBury } from './bury-messages';

/**
 * Deletes all of a thread's mail except what keeps it out: tombstones, and hashes of ids that lead to a thread
 * without subject, people and messages (S21). Within a transaction of the caller; safe to repeat.
 */
export const unlogThread = async (writer: Writer, threadDocumentId: string, at: Date): Promise<void> => {
  const { strapi } = writer;
  // This statement comes first, because it locks the row: a pass that writes to this thread comes wholly before or
  // wholly after.
  await updateRows(
    strapi,
    uids.thread,
    { documentId: threadDocumentId },
    { state: 'unlogged', ...nothingToShow, updatedAt: at }
  );
  const thread = await findRow<{ id: number }>(strapi, uids.thread, {
    where: { documentId: threadDocumentId },
    select: ['id'],
  });
  if (!thread) return;
  const messages = await findRows<MessageToBury>(strapi, uids.message, {
    where: { thread: thread.id },
    select: ['id', 'documentId', 'dedupKey'],
  });
  await buryMessages(writer, messages, at);
  await forgetMessages(strapi, threadDocumentId);
  await forgetGone(strapi, threadDocumentId);
  for (const uid of [uids.participant, uids.suggestion]) await deleteRows(strapi, uid, { threadDocumentId });
};

/** The columns of a thread without messages. */
export const nothingToShow = {
  subject: '',
  baseSubject: '',
  preview: '',
  lastFrom: '',
  lastDirection: null,
  lastMessageAt: null,
  messageCount: 0,
  attachmentCount: 0,
};
