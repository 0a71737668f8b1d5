import type { ThreadUpkeep } from '../../../ports';
import { deleteRows, findRow, findRows, insertRows, updateRows } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import { assertNotInHand } from './bury-messages';
import { removeMessage } from './remove-message';
import { unlogThread } from './unlog-thread';

export const createThreadUpkeep = (strapi: Strapi): ThreadUpkeep => ({
  setState: async (documentId, state) => {
    const logged = { documentId, state: { $ne: 'unlogged' } };
    await updateRows(strapi, uids.thread, logged, { state, updatedAt: new Date() });
  },

  unlog: (threadDocumentId, at) =>
    inTransaction(strapi, async (writer) => {
      const messages = await findRows<{ documentId: string }>(strapi, uids.message, {
        where: { thread: { documentId: threadDocumentId } },
        select: ['documentId'],
      });
      await assertNotInHand(
        writer,
        messages.map(({ documentId }) => documentId)
      );
      return unlogThread(writer, threadDocumentId, at);
    }),

  removeMessage: async (documentId, at) => {
    const message = await findRow<{ thread: { documentId: string } | null }>(strapi, uids.message, {
      where: { documentId },
      select: ['id'],
      populate: { thread: { select: ['documentId'] } },
    });
    if (!message?.thread) return;
    const inThread = { documentId, threadDocumentId: message.thread.documentId };
    return inTransaction(strapi, async (writer) => {
      await assertNotInHand(writer, [documentId]);
      return removeMessage(writer, inThread, at);
    });
  },

  relog: async (documentId) => {
    const where = { documentId, state: 'unlogged' };
    await updateRows(strapi, uids.thread, where, { state: 'open', updatedAt: new Date() });
  },

  pauseContact: ({ contactType, documentId: contactDocumentId }, paused, at) =>
    inTransaction(strapi, async () => {
      await deleteRows(strapi, uids.pausedContact, { contactType, contactDocumentId });
      if (!paused) return;
      await insertRows(strapi, uids.pausedContact, [
        { contactType, contactDocumentId, pausedAt: at.getTime() },
      ]);
    }),

  isPaused: async ({ contactType, documentId: contactDocumentId }) =>
    (await strapi.db.query(uids.pausedContact).count({ where: { contactType, contactDocumentId } })) > 0,
});
