import type { ErrorCode } from '../../../domain/errors';
import { canonicalMessageId } from '../../../domain/identification/message-id';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { OutgoingFailure } from '../../../domain/outgoing/transition';
import type { OutboxEntry } from '../../../ports';
import { findRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { readOutboxStage } from '../base/enumerations';
import { recordsOfMessages } from '../people/carriers';
import { uids } from '../base/names';
import type { OutboxRow } from '../base/rows';

/** Entries by a condition, oldest first, with the records on which they stand. */
export const findEntries = async (strapi: Strapi, where: object): Promise<OutboxEntry[]> => {
  const rows = await findRows<OutboxRow>(strapi, uids.outbox, { where, orderBy: { id: 'asc' } });
  const contacts = await recordsOfMessages(
    strapi,
    rows.map(({ messageDocumentId }) => messageDocumentId)
  );
  return rows.flatMap((row) => toEntry(row, contacts.get(row.messageDocumentId) ?? []));
};

export const findEntry = async (strapi: Strapi, messageDocumentId: string): Promise<OutboxEntry | null> =>
  (await findEntries(strapi, { messageDocumentId }))[0] ?? null;

/** Nothing for a row with an invalid Message-ID: it cannot be sent, and must not stop the others. */
const toEntry = (row: OutboxRow, contacts: LinkedContact[]): OutboxEntry[] => {
  const messageId = canonicalMessageId(row.messageId);
  if (!messageId) return [];
  return [
    {
      outboxId: row.id,
      inboxDocumentId: row.inboxDocumentId,
      messageDocumentId: row.messageDocumentId,
      threadDocumentId: row.threadDocumentId,
      messageId,
      contacts,
      smtpEnvelope: row.smtpEnvelope,
      sourceKey: row.sourceKey,
      composedFor: row.composedFor ?? '',
      stage: readOutboxStage(row.stage),
      attempts: row.attempts,
      looks: row.looks ?? 0,
      isDoubted: row.doubted ?? false,
      claimId: row.claimId,
      recordedBy: row.recordedBy,
      failure: failureOf(row),
    },
  ];
};

const failureOf = (row: OutboxRow): OutgoingFailure | null =>
  row.errorCode === null
    ? null
    : {
        // Only `recordOutbox` writes this column.
        code: row.errorCode as ErrorCode,
        message: row.errorMessage ?? '',
        nextStep: row.errorNextStep ?? '',
        detail: row.errorDetail ?? '',
      };
