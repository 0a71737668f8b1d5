import type { MessageId } from '../../domain/identification/message-id';
import type { DecisionContext } from '../../domain/logging/decision-context';
import type { KnownId, KnownThread, LoggingFacts } from '../../domain/logging/verdict';
import { fingerprint } from '../../domain/message/dedup-identity';
import { emptyHeaders } from '../../domain/message/empty-headers';
import type { Address, Candidate, ImapUid, MessageHeaders } from '../../domain/message/message';

export const uid = (number: number): ImapUid => number as ImapUid;
export const id = (text: string): MessageId => text as MessageId;

/** Header facts of an ordinary incoming mail, with what the test is about put in their place. */
export const headersWith = (change: Partial<MessageHeaders> = {}): MessageHeaders => ({
  ...emptyHeaders,
  messageId: id('in.1@customer.test'),
  from: [{ address: 'ann@customer.test', displayName: 'Ann' }],
  to: [{ address: 'us@crm.test', displayName: '' }],
  subject: 'Re: Offer',
  sentAt: '2026-03-01T10:00:00.000Z',
  sentZone: 0,
  contentType: 'text/plain',
  ...change,
});

/** The same as a scan brings it. */
export const candidateWith = (
  headers: Partial<MessageHeaders> = {},
  change: Partial<Omit<Candidate, 'headers'>> = {}
): Candidate => ({
  imapUid: uid(1),
  receivedAt: '2026-03-01T10:00:05.000Z',
  size: 1_000,
  isDraft: false,
  labels: [],
  serverThreadId: null,
  returned: null,
  trace: null,
  headers: headersWith(headers),
  ...change,
});

/** The INBOX of `us@crm.test`, under the default rule. */
export const contextWith = (change: Partial<DecisionContext> = {}): DecisionContext => ({
  inboxDocumentId: 'I',
  inboxAddress: 'us@crm.test',
  folderUse: 'inbox',
  folderRole: 'watch',
  policy: 'replies',
  logAddress: '',
  receiver: {
    address: 'us@crm.test',
    provider: 'custom',
    imap: { host: 'mail.crm.test' },
    trustedAuthServers: 'known',
  },
  byHand: false,
  threadIdOf: (key) => `thread of ${key}`,
  isMinted: () => false,
  ...change,
});

/** Silent for too long to be continued by its subject alone (b.3-11). */
export const threadWith = (change: Partial<KnownThread> = {}): KnownThread => ({
  documentId: 'T',
  state: 'open',
  baseSubject: 'offer',
  participants: new Set(['us@crm.test', 'ann@customer.test']),
  lastMessageAt: '2026-01-15T09:00:00.000Z',
  ...change,
});

/** A record of the inbox `I`, of which mail with these header facts is a copy. */
export const copiedBy = (
  headers: Partial<MessageHeaders> = {},
  inboxDocumentId: string | null = 'I'
): NonNullable<KnownId['copied']> => ({ fingerprint: fingerprint(headersWith(headers)), inboxDocumentId });

/** Facts of a site that knows one thread `T`, begun by `sent.1@crm.test` with the token `t.1@crm.test`. */
export const factsWith = (change: Partial<LoggingFacts> = {}): LoggingFacts => ({
  ids: new Map([
    [
      id('sent.1@crm.test'),
      { kind: 'own', threadDocumentId: 'T', messageDocumentId: 'M1', copied: copiedBy() },
    ],
    [id('t.1@crm.test'), { kind: 'token', threadDocumentId: 'T', messageDocumentId: null }],
  ]),
  threadIndexRoots: new Map([['01aa', 'T']]),
  serverThreads: new Map(),
  threads: new Map([['T', threadWith()]]),
  rules: [],
  contacts: new Set(['ann@customer.test']),
  paused: new Set(),
  removed: new Set(),
  recorded: new Map(),
  sent: new Map(),
  team: { addresses: new Set(['us@crm.test']), domains: new Set() },
  ...change,
});

export const address = (text: string): Address => ({ address: text, displayName: '' });
