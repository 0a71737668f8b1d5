import type { Attachment } from '../../../../../shared/contracts/attachment';
import type { Message, MessageSummary } from '../../../../../shared/contracts/message';
import { isAtLeast } from '../../../domain/access/level';
import type { ToldLevel } from '../../../domain/access/level';
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

/** How a message is shown to somebody. */
export interface Shown {
  /** Of what is less than full, the rest is left out. */
  level: ToldLevel;
  /** Their own inbox holds it: they see its Bcc. */
  isOwn: boolean;
}

export const toMessage = (row: MessageRow, threadDocumentId: string, shown: Shown): Message => {
  const isFull = shown.level === 'full';
  return {
    ...toMessageSummary(row, threadDocumentId, previewOf(row.text), shown),
    text: isFull ? row.text : '',
    html: isFull ? row.html : '',
  };
};

export const toMessageSummary = (
  row: MessageSummaryRow,
  threadDocumentId: string,
  preview: string,
  shown: Shown
): MessageSummary => ({
  ...factsOf(row),
  level: shown.level,
  bcc: shown.isOwn ? row.bcc : [],
  ...(isAtLeast(shown.level, 'subject')
    ? { subject: row.subject, attachments: filesOf(row, threadDocumentId) }
    : { subject: null, attachments: [] }),
  ...(shown.level === 'full' ? restOf(row, preview) : nothing),
});

/** When, with whom and which way. */
const factsOf = (row: MessageSummaryRow) => ({
  documentId: row.documentId,
  direction: readDirection(row.direction),
  from: { address: row.fromAddress, displayName: row.fromName },
  to: row.to,
  cc: row.cc,
  sentAt: row.sentAt,
  receivedAt: row.receivedAt,
});

const filesOf = (row: MessageSummaryRow, threadDocumentId: string): Attachment[] =>
  (row.attachments ?? [])
    .sort((a, b) => a.id - b.id)
    .map((file) => toAttachment(file, { ...row, threadDocumentId }));

const restOf = (row: MessageSummaryRow, preview: string) => ({
  messageId: row.messageId,
  origin: readOrigin(row.origin),
  notice: readNotice(row.notice),
  deliveryStatus: readDeliveryStatus(row.deliveryStatus),
  failureMessage: row.failureMessage ?? '',
  // For other mail, the relation tells in which inbox it was found.
  inboxDocumentId: row.origin === 'crm' ? (row.inbox?.documentId ?? null) : null,
  answersDocumentId: row.answersDocumentId,
  preview,
  readAt: row.readAt,
  isJunk: row.isJunk ?? false,
  marks: readMarks(row.marks),
  evidence: row.evidence,
});

const nothing = {
  messageId: null,
  origin: null,
  notice: null,
  deliveryStatus: null,
  failureMessage: '',
  inboxDocumentId: null,
  answersDocumentId: null,
  preview: '',
  readAt: null,
  isJunk: false,
  marks: [],
  evidence: null,
} satisfies Partial<MessageSummary>;

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
