import { isFinal, toldOf } from '../../../domain/outgoing/stage';
import { isCopyStep } from '../../../domain/outgoing/transition';
import type { Transition } from '../../../domain/outgoing/transition';
import type { OutboxEntry, RecordedFacts } from '../../../ports';
import { nowMs } from '../base/instants';
import { deleteRows, updateRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { aliasRow, indexIds } from '../facts/id-index';
import { tables, uids } from '../base/names';
import { storable } from '../base/storable';

/**
 * Within one transaction: the stage of the entry, the status of its message, and ids of the message that were learned
 * (S14).
 */
export const recordOutbox = async (
  writer: Writer,
  entry: OutboxEntry,
  transition: Transition,
  facts: RecordedFacts
): Promise<boolean> => {
  if (!(await move(writer, entry, transition, facts))) return false;
  const { strapi } = writer;
  await showOnMessage(strapi, entry, transition);
  const alias = facts.receipt?.serverMessageId;
  if (alias) await indexIds(strapi, [aliasRow(alias, entry.threadDocumentId, entry.messageDocumentId)]);
  if (isFinal(transition.to)) await forgetIfRemoved(strapi, entry);
  return true;
};

const move = async (
  writer: Writer,
  { outboxId, claimId }: OutboxEntry,
  { from, to, waitMs, failure }: Transition,
  { under, by, receipt, filed }: RecordedFacts
): Promise<boolean> => {
  const now = nowMs(writer.strapi);
  const { connection } = writer.strapi.db;
  const row = writer
    .table(tables.outbox)
    .where({ id: outboxId })
    .whereIn('stage', [...from]);
  if (under.kind === 'claim') row.andWhere({ claim_id: under.claimId });
  if (under.kind === 'attempt') row.andWhere({ attempt_id: under.claimId });
  // The very claim that was read, not one that was begun meanwhile.
  if (under.kind === 'ran-out') row.andWhere({ claim_id: claimId }).whereRaw(`claimed_until <= ${now}`);
  const isAboutCopy = isCopyStep({ from });
  const moved: number = await row.update({
    stage: to,
    claimed_until: 0,
    next_attempt_at: waitMs === null ? null : connection.raw(`${now} + ?`, [Math.round(waitMs)]),
    ...(to === 'unknown' ? { doubted: true } : {}),
    ...(receipt ? { sent_at: connection.raw(now), server_response: storable(receipt.response) } : {}),
    ...(by && !isAboutCopy ? { recorded_by: by } : {}),
    ...(filed ? { filed } : {}),
    // What was told of its recipients stays when the copy is filed.
    ...(isAboutCopy && !failure ? {} : errorColumns(failure)),
  });
  return moved > 0;
};

const errorColumns = (failure: Transition['failure']) => ({
  error_code: failure?.code ?? null,
  error_message: failure && storable(failure.message),
  error_next_step: failure && storable(failure.nextStep),
  error_detail: failure && storable(failure.detail),
});

const showOnMessage = async (
  strapi: Strapi,
  { messageDocumentId: documentId }: OutboxEntry,
  { from, to, failure }: Transition
): Promise<void> => {
  const shown = {
    failureCode: failure?.code ?? '',
    failureMessage: failure ? storable(wordsOf(failure)) : '',
    updatedAt: new Date(),
  };
  // What is told of a copy must not hide what is told of the mail itself.
  if (isCopyStep({ from })) {
    const ofCopy = { documentId, failureCode: { $in: ['', 'SENT_COPY_FAILED'] } };
    await updateRows(strapi, uids.message, ofCopy, shown);
    return;
  }
  // A bounce may arrive before the server's answer to the submission was recorded.
  const unreported = { documentId, deliveryStatus: { $notIn: ['delayed', 'bounced'] } };
  await updateRows(strapi, uids.message, unreported, { deliveryStatus: toldOf(to), ...shown });
};

const wordsOf = ({ message, detail, nextStep }: NonNullable<Transition['failure']>): string =>
  [message, detail && `(${detail})`, nextStep].filter((words) => words !== '').join(' ');

/** Its message was removed while it was on its way: now the entry can be deleted too (S21). */
const forgetIfRemoved = async (
  strapi: Strapi,
  { outboxId, messageDocumentId }: OutboxEntry
): Promise<void> => {
  const recorded = await strapi.db.query(uids.message).count({ where: { documentId: messageDocumentId } });
  if (recorded === 0) await deleteRows(strapi, uids.outbox, { id: outboxId });
};
