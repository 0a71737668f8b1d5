import { normalizeAddress, domainOf } from '../../domain/address/address';
import { EmailConnectError } from '../../domain/errors';
import { mintMessageId, mintThreadToken } from '../../domain/identification/mint';
import { newThreadIndex, threadIndexFrom } from '../../domain/identification/thread-index';
import type { MessageId } from '../../domain/identification/message-id';
import type { Inbox } from '../../domain/inbox/inbox';
import { dedupIdentity, fingerprint } from '../../domain/message/dedup-identity';
import type { ParsedMessage } from '../../domain/message/message';
import { participantsOf } from '../../domain/message/participants';
import { wholeSecond } from '../../domain/message/whole-second';
import { composedFor } from '../../domain/outgoing/composed-for';
import { composeHeaders } from '../../domain/outgoing/compose-headers';
import type { LinkedContact, Draft } from '../../domain/outgoing/outgoing';
import { smtpEnvelope } from '../../domain/outgoing/smtp-envelope';
import { toldOf } from '../../domain/outgoing/stage';
import { validateDraft } from '../../domain/outgoing/validate-draft';
import type { TypedDraft } from '../../domain/outgoing/validate-draft';
import { baseSubject } from '../../domain/subject/base-subject';
import type {
  Bytes,
  MessageToRecord,
  NewThread,
  Ports,
  Press,
  QueuedMail,
  ThreadToContinue,
} from '../../ports';
import { composeOutgoing } from './compose-outgoing';

/** What a person wrote, the record it is written from, and the attached files. */
export interface WrittenMail extends TypedDraft {
  contact: LinkedContact;
  /** The message that this mail answers; null begins a thread. */
  answersDocumentId: string | null;
  /** `size` in bytes, if it is known before `content` is read. */
  files: { fileName: string; contentType: string; size: number; content: Bytes }[];
}

/**
 * Composes a mail once and records it as `queued`, with its ids and its outbox entry (S14). If the same press has
 * made a mail meanwhile, nothing of this one is left.
 */
export const prepareOutgoing = async (
  ports: Ports,
  inbox: Inbox,
  message: WrittenMail,
  press: Press | null
): Promise<QueuedMail> => {
  const draft = draftOf(ports, message);
  const continuation = await threadOf(ports, message);
  return queue(ports, inbox, draft, continuation, message, press);
};

const draftOf = (ports: Ports, message: WrittenMail): Draft => {
  const draft = validateDraft(message);
  return draft.text === '' && draft.html !== ''
    ? { ...draft, text: ports.mime.htmlToText(draft.html) }
    : draft;
};

interface Continuation {
  thread: ThreadToContinue;
  answers: MessageId | null;
}

const threadOf = async (ports: Ports, message: WrittenMail): Promise<Continuation | null> => {
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
  const isDelivered = answered.stage === null || toldOf(answered.stage) === 'sent';
  if (!isDelivered) throw notDelivered();
  return { thread, answers: answered.messageId };
};

/** Its recipients would get an answer to a mail that they never saw. */
const notDelivered = (): EmailConnectError =>
  new EmailConnectError(
    'INPUT_INVALID',
    'The mail you answer has not been sent.',
    'Answer an earlier one, or wait until it is sent.'
  );

const queue = async (
  ports: Ports,
  inbox: Inbox,
  draft: Draft,
  continuation: Continuation | null,
  message: WrittenMail,
  press: Press | null
): Promise<QueuedMail> => {
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
    from: { address: inbox.address, displayName: inbox.senderName },
    draft,
    headers,
    sentAt,
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
      composedFor: composedFor(inbox),
      press,
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
  aliases: [],
  serverThreadId: null,
  bcc: draft.bcc,
  failsDmarc: false,
  parsed,
  participants: [
    ...new Set([
      ...participantsOf(parsed.headers),
      ...draft.bcc.map(({ address }) => normalizeAddress(address)),
    ]),
  ],
});

/**
 * INTERNALDATE and Date count whole seconds: with fractions, an answer in the same second would stand before its
 * question.
 */
