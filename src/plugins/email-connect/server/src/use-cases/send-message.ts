import { normalizeAddress, domainOf } from '../domain/address/address';
import { EmailConnectError } from '../domain/errors';
import { mintMessageId, mintThreadToken } from '../domain/identification/mint';
import { newThreadIndex, threadIndexFrom } from '../domain/identification/thread-index';
import type { MessageId } from '../domain/identification/message-id';
import type { Inbox } from '../domain/inbox/inbox';
import { dedupIdentity, fingerprint } from '../domain/message/dedup-identity';
import type { ParsedMessage } from '../domain/message/message';
import { participantsOf } from '../domain/message/participants';
import { composeHeaders } from '../domain/outgoing/compose-headers';
import type { ContactRef, DeliveryStatus, Draft } from '../domain/outgoing/outgoing';
import { smtpEnvelope } from '../domain/outgoing/smtp-envelope';
import { validateDraft } from '../domain/outgoing/validate-draft';
import type { TypedDraft } from '../domain/outgoing/validate-draft';
import { baseSubject } from '../domain/subject/base-subject';
import type { Bytes, MessageToRecord, NewThread, OutboxEntry, Ports, ThreadToContinue } from '../ports';
import { assertMayFit, composeOutgoing } from './compose-outgoing';
import { submitMessage } from './submit-message';

/** What a person wrote, from which record, and what they attached. */
export interface MessageToSend extends TypedDraft {
  /** documentId of the admin user who sends. */
  senderDocumentId: string;
  contact: ContactRef;
  /** The message this answers; null starts a thread. */
  answersDocumentId: string | null;
  /** `size` in bytes, as far as it is known before `content` is read. */
  files: { fileName: string; contentType: string; size: number; content: Bytes }[];
}

export interface SentMessage {
  messageDocumentId: string;
  threadDocumentId: string;
  /** What recipients' servers report comes later. */
  deliveryStatus: Exclude<DeliveryStatus, 'delayed' | 'bounced'>;
}

/**
 * Sends a mail from a contact through the sender's own inbox: composed once, recorded with its ids before the server
 * sees it (S14), then submitted; its copy in Sent follows at the inbox's next step.
 * Rejects with INBOX_NOT_CONNECTED (S3: never another mailbox), ADDRESS_INVALID, HEADER_INJECTION, INPUT_INVALID,
 * MESSAGE_TOO_LARGE, NOT_FOUND, or with the server's refusal. A passing failure leaves the mail queued.
 */
export const sendMessage = async (ports: Ports, message: MessageToSend): Promise<SentMessage> => {
  assertMayFit(message, ports.settings.outgoingLimitBytes);
  const inbox = await senderInbox(ports, message.senderDocumentId);
  const draft = draftOf(ports, message);
  const thread = await threadOf(ports, message);
  const entry = await queue(ports, inbox, draft, thread, message);
  const deliveryStatus = await submitNow(ports, inbox, entry);
  ports.wakeups.wake(inbox.documentId);
  return {
    messageDocumentId: entry.messageDocumentId,
    threadDocumentId: entry.threadDocumentId,
    deliveryStatus,
  };
};

const senderInbox = async (ports: Ports, senderDocumentId: string): Promise<Inbox> => {
  const inbox = await ports.inboxes.findByOwner(senderDocumentId);
  if (!inbox || inbox.state === 'disconnected') {
    throw new EmailConnectError(
      'INBOX_NOT_CONNECTED',
      'You have no connected inbox, so there is nothing this mail could be sent from.',
      'Connect your inbox under Email, then send again.'
    );
  }
  return inbox;
};

const draftOf = (ports: Ports, message: MessageToSend): Draft => {
  const draft = validateDraft(message);
  return draft.text === '' && draft.html !== ''
    ? { ...draft, text: ports.mime.htmlToText(draft.html) }
    : draft;
};

interface Continuation {
  thread: ThreadToContinue;
  answers: MessageId | null;
}

const threadOf = async (ports: Ports, message: MessageToSend): Promise<Continuation | null> => {
  if (message.answersDocumentId === null) return null;
  const answered = await ports.outbox.loadAnswered(message.answersDocumentId);
  const thread = answered && (await ports.outbox.loadThread(answered.threadDocumentId));
  if (!answered || !thread) {
    throw new EmailConnectError(
      'NOT_FOUND',
      'The message you answer is no longer here.',
      'Reload the conversation and answer again.'
    );
  }
  return { thread, answers: answered.messageId };
};

const queue = async (
  ports: Ports,
  inbox: Inbox,
  draft: Draft,
  continuation: Continuation | null,
  message: MessageToSend
): Promise<OutboxEntry> => {
  const sentAt = wholeSecond(ports.clock.now());
  const mint = () => ({
    at: sentAt,
    random: ports.random.bytes(10),
    domain: domainOf(inbox.address),
    sign: ports.secrets.sign,
  });
  const threadIndex = continuation
    ? threadIndexFrom(continuation.thread.threadIndexRoot)
    : newThreadIndex(sentAt, ports.random.bytes(16));
  const threadToken = continuation?.thread.threadToken ?? mintThreadToken(mint());
  const headers = composeHeaders({
    messageId: mintMessageId(mint()),
    threadToken,
    threadIndexBase64: threadIndex.base64,
    subject: continuation?.thread.subject ?? draft.subject,
    answers: continuation?.answers ?? null,
    earlier: continuation?.thread.messageIds ?? [],
  });
  const newThread: NewThread = {
    subject: draft.subject,
    baseSubject: baseSubject(draft.subject),
    threadToken,
    threadIndexRoot: threadIndex.rootHex,
    continuesDocumentId: null,
    inboxDocumentId: inbox.documentId,
    contacts: [message.contact],
  };
  const toCompose = {
    ...{ from: { address: inbox.address, displayName: inbox.senderName }, draft, headers, sentAt },
    attachments: message.files,
  };
  return composeOutgoing(ports, toCompose, ({ sourceKey, size, parsed }) =>
    ports.outbox.queue({
      thread: continuation
        ? { kind: 'existing', documentId: continuation.thread.documentId, contacts: [message.contact] }
        : { kind: 'new', thread: newThread },
      message: recordOf(inbox, draft, parsed, size, sentAt),
      smtpEnvelope: smtpEnvelope(inbox.address, draft),
      sourceKey,
      at: sentAt,
    })
  );
};

const recordOf = (
  inbox: Inbox,
  draft: Draft,
  parsed: ParsedMessage,
  size: number,
  sentAt: Date
): Omit<MessageToRecord, 'threadDocumentId'> => ({
  begins: null,
  inboxDocumentId: inbox.documentId,
  direction: 'outgoing',
  origin: 'crm',
  notice: null,
  answersDocumentId: null,
  reports: [],
  evidence: null,
  deliveryStatus: 'queued',
  dedupIdentity: dedupIdentity(parsed.headers, size),
  fingerprint: fingerprint(parsed.headers),
  receivedAt: sentAt.toISOString(),
  size,
  isJunk: false,
  serverThreadId: null,
  bcc: draft.bcc,
  parsed,
  participants: [
    ...new Set([
      ...participantsOf(parsed.headers),
      ...draft.bcc.map(({ address }) => normalizeAddress(address)),
    ]),
  ],
});

/** INTERNALDATE and Date count whole seconds: with more, an answer of the same second would stand before its question. */
const wholeSecond = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);

/** A refusal is the writer's to see at once; what passes by itself leaves the mail queued. */
const submitNow = async (
  ports: Ports,
  inbox: Inbox,
  entry: OutboxEntry
): Promise<SentMessage['deliveryStatus']> => {
  try {
    await submitMessage(ports, inbox, entry);
    return 'sent';
  } catch (error) {
    if (!(error instanceof EmailConnectError)) throw error;
    if (error.code === 'SEND_OUTCOME_UNKNOWN') return 'unknown';
    if (PASSING.has(error.code)) return 'queued';
    throw error;
  }
};

const PASSING: ReadonlySet<string> = new Set([
  'CONNECTION_REFUSED',
  'CONNECTION_TIMED_OUT',
  'CONNECTION_LOST',
  'LOGIN_THROTTLED',
  'SERVER_THROTTLED',
  'LEASE_LOST',
]);
