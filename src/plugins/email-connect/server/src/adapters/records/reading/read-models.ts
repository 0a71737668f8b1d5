import type { Attachment } from '../../../../../shared/contracts/attachment';
import type { Message, MessageSummary } from '../../../../../shared/contracts/message';
import { seesBcc } from '../../../domain/access/sight';
import type { Sight } from '../../../domain/access/sight';
import { isoOf } from '../base/instants';
import {
  readAttachmentState,
  readDeliveryStatus,
  readDirection,
  readDisposition,
  readMarks,
  readNotice,
  readOrigin,
} from '../base/enumerations';
import { previewOf } from '../mail/message-rows';
import type { AttachmentRow, MessageRow, MessageSummaryRow } from '../base/rows';

/** The columns that a list of messages needs: no body. */
export const summaryColumns = [
  'id',
  'documentId',
  'messageId',
  'subject',
  'fromAddress',
  'fromName',
  'to',
  'cc',
  'bcc',
  'direction',
  'origin',
  'notice',
  'deliveryStatus',
  'failureMessage',
  'answersDocumentId',
  'readAt',
  'isJunk',
  'marks',
  'sentAt',
  'receivedAt',
  'evidence',
];

export const toMessage = (row: MessageRow, threadDocumentId: string, sight: Sight): Message => ({
  ...toMessageSummary(row, threadDocumentId, previewOf(row.text), sight),
  text: row.text,
  html: row.html,
});

export const toMessageSummary = (
  row: MessageSummaryRow,
  threadDocumentId: string,
  preview: string,
  sight: Sight
): MessageSummary => ({
  documentId: row.documentId,
  messageId: row.messageId,
  direction: readDirection(row.direction),
  origin: readOrigin(row.origin),
  notice: readNotice(row.notice),
  deliveryStatus: readDeliveryStatus(row.deliveryStatus),
  failureMessage: row.failureMessage ?? '',
  // For other mail, the relation tells in which inbox it was found.
  inboxDocumentId: row.origin === 'crm' ? (row.inbox?.documentId ?? null) : null,
  answersDocumentId: row.answersDocumentId,
  from: { address: row.fromAddress, displayName: row.fromName },
  to: row.to,
  cc: row.cc,
  bcc: seesBcc(sight, row.inbox?.documentId ?? null) ? row.bcc : [],
  subject: row.subject,
  preview,
  sentAt: row.sentAt,
  receivedAt: row.receivedAt,
  readAt: row.readAt,
  isJunk: row.isJunk ?? false,
  marks: readMarks(row.marks),
  evidence: row.evidence,
  attachments: (row.attachments ?? [])
    .sort((a, b) => a.id - b.id)
    .map((file) => toAttachment(file, { ...row, threadDocumentId })),
});

/** `message`: the message that the file came with. */
export const toAttachment = (
  row: AttachmentRow,
  message: { documentId: string; threadDocumentId: string; sentAt: string | null; fromAddress: string }
): Attachment => ({
  documentId: row.documentId,
  fileName: row.fileName,
  contentType: row.contentType,
  size: row.size,
  disposition: readDisposition(row.disposition),
  contentId: row.contentId,
  state: readAttachmentState(row.state),
  retryAt: isoOf(row.retryAt),
  messageDocumentId: message.documentId,
  threadDocumentId: message.threadDocumentId,
  sentAt: message.sentAt,
  fromAddress: message.fromAddress,
});
