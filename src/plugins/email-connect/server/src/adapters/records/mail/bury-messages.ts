import { EmailConnectError } from '../../../domain/errors';
import type { OutgoingStage } from '../../../domain/outgoing/stage';
import { nowMs } from '../base/instants';
import { deleteFound, deleteRowsIn, findRowsIn, insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { tables, uids } from '../base/names';

export interface MessageToBury {
  id: number;
  documentId: string;
  dedupKey: string;
}

/**
 * Deletes messages with their files, locations and outbox entries, and puts a tombstone in the place of each, so that
 * no pass brings it back (S21, c58). Within a transaction of the caller. The sweep deletes the stored bytes.
 */
export const buryMessages = async (
  writer: Writer,
  messages: readonly MessageToBury[],
  at: Date
): Promise<void> => {
  const { strapi } = writer;
  const documentIds = messages.map(({ documentId }) => documentId);
  const ids = messages.map(({ id }) => id);
  await addTombstones(strapi, messages, at);
  const files = await findRowsIn<{ id: number }>(strapi, uids.attachment, 'message', ids, { select: ['id'] });
  await deleteFound(strapi, uids.attachment, files);
  await deleteRowsIn(strapi, uids.location, 'messageDocumentId', documentIds);
  await deleteRowsIn(strapi, uids.messageAddress, 'messageId', ids);
  await deleteRowsIn(strapi, uids.messageRecord, 'messageId', ids);
  await deleteRowsIn(strapi, uids.holding, 'messageId', ids);
  await deleteRowsIn(strapi, uids.stricterLevel, 'messageId', ids);
  await deleteRowsIn(strapi, uids.ruleMatch, 'messageId', ids);
  await endSends(writer, documentIds);
  await deleteFound(strapi, uids.message, messages);
};

const addTombstones = async (strapi: Strapi, messages: readonly MessageToBury[], at: Date): Promise<void> => {
  const wanted = new Set(messages.map(({ dedupKey }) => dedupKey));
  const known = await findRowsIn<{ dedupKey: string }>(strapi, uids.tombstone, 'dedupKey', [...wanted]);
  for (const { dedupKey } of known) wanted.delete(dedupKey);
  await insertRows(
    strapi,
    uids.tombstone,
    [...wanted].map((dedupKey) => ({ dedupKey, removedAt: at.getTime() }))
  );
};

/**
 * Ends mail that was not submitted: erased mail is not sent any more. An entry that a process has claimed goes on,
 * and is deleted when it is settled, as is a copy that is still to be filed.
 */
const endSends = async (writer: Writer, documentIds: readonly string[]): Promise<void> => {
  const { strapi } = writer;
  const sends = await findRowsIn<{ id: number }>(strapi, uids.outbox, 'messageDocumentId', documentIds, {
    select: ['id'],
  });
  const now = nowMs(strapi);
  for (const { id } of sends) {
    await writer
      .table(tables.outbox)
      .where({ id })
      .andWhere(
        (settled) =>
          void settled
            .whereNotIn('stage', ['submitting', 'sent'] satisfies OutgoingStage[])
            .orWhere((left) => void left.where({ stage: 'submitting' }).whereRaw(`claimed_until <= ${now}`))
      )
      .delete();
  }
};

/**
 * Throws MESSAGE_UNDER_WAY while a process hands one of these messages to its server: it lasts moments, and 15
 * minutes at most.
 */
export const assertNotInHand = async (writer: Writer, documentIds: readonly string[]): Promise<void> => {
  const [inHand] = await writer
    .table(tables.outbox)
    .whereIn('message_document_id', [...documentIds])
    .where({ stage: 'submitting' satisfies OutgoingStage })
    .whereRaw(`claimed_until > ${nowMs(writer.strapi)}`)
    .select('id')
    .limit(1);
  if (!inHand) return;
  throw new EmailConnectError(
    'MESSAGE_UNDER_WAY',
    'A mail of this conversation is being handed to its server just now.',
    'Wait a moment, then try again.'
  );
};
