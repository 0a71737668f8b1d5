import type { Message } from '../../../../shared/contracts/message';

/** An incoming message for tests; `part` says what matters. */
export const testMessage = (documentId: string, part: Partial<Message> = {}): Message => ({
  documentId,
  messageId: null,
  direction: 'incoming',
  origin: 'reply',
  notice: null,
  answersDocumentId: null,
  deliveryStatus: null,
  failureMessage: '',
  inboxDocumentId: null,
  from: { address: 'lena@x.example', displayName: '' },
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  text: '',
  html: '',
  sentAt: null,
  receivedAt: '2026-03-01T10:00:00.000Z',
  readAt: null,
  isJunk: false,
  marks: [],
  evidence: null,
  attachments: [],
  ...part,
});
