import type { MessageId } from '../domain/identification/message-id';
import type { ImapUid, MessageHeaders } from '../domain/message/message';
import type { LoggingFacts } from '../domain/logging/verdict';

export const uid = (number: number): ImapUid => number as ImapUid;
export const id = (text: string): MessageId => text as MessageId;

/** Header facts of an ordinary incoming mail, with what the test is about put in their place. */
export const headersWith = (change: Partial<MessageHeaders> = {}): MessageHeaders => ({
  messageId: id('in.1@customer.test'),
  inReplyTo: [],
  references: [],
  originalMessageIds: [],
  threadIndexRoot: null,
  from: [{ address: 'ann@customer.test', displayName: 'Ann' }],
  sender: [],
  replyTo: [],
  to: [{ address: 'us@crm.test', displayName: '' }],
  cc: [],
  subject: 'Re: Offer',
  sentAt: '2026-03-01T10:00:00.000Z',
  contentType: 'text/plain',
  autoSubmitted: '',
  precedence: '',
  listId: '',
  returnPath: null,
  failedRecipients: '',
  autoReplyMarks: [],
  ...change,
});

/** Facts of a site that knows one thread `T`, begun by `sent.1@crm.test` with the token `t.1@crm.test`. */
export const factsWith = (change: Partial<LoggingFacts> = {}): LoggingFacts => ({
  ids: new Map([
    [id('sent.1@crm.test'), { kind: 'own', threadDocumentId: 'T', messageDocumentId: 'M1' }],
    [id('t.1@crm.test'), { kind: 'token', threadDocumentId: 'T', messageDocumentId: null }],
  ]),
  threadIndexRoots: new Map([['01aa', 'T']]),
  threads: new Map([
    ['T', { documentId: 'T', state: 'open', participants: new Set(['us@crm.test', 'ann@customer.test']) }],
  ]),
  rules: [],
  ...change,
});
