import { addressHash } from '../../../src/plugins/email-connect/server/src/adapters/records/people/address-hash';
import { deciding, holds } from './oracle';
import { storageKeyOf } from './rows';
import type { Rows, UserOf } from './rows';
import { threadOf } from './world';
import type { World, WorldFile, WorldMessage, WorldThread } from './world';

type Row = Record<string, unknown>;

const FILLER = 'and more of it '.repeat(20);

/** A conversation with all that its messages leave in the tables. */
export const rowsOfThread = (world: World, thread: WorldThread, userOf: UserOf): Rows => {
  const { messages } = thread;
  const addresses = new Set(messages.flatMap((message) => placesOf(message).map(({ address }) => address)));
  return {
    'plugin::email-connect.email-thread': [threadRow(thread)],
    'plugin::email-connect.email-message': messages.map((message) => messageRow(thread, message)),
    'plugin::email-connect.attachment': messages.flatMap((message) =>
      message.files.map((file) => fileRow(thread, message, file))
    ),
    'email-connect::message-address': messages.flatMap((message) =>
      placesOf(message).map(({ address, role }) => ({
        messageId: message.id,
        threadId: thread.id,
        addressHash: addressHash(address),
        role,
        receivedAt: message.receivedAt,
      }))
    ),
    'email-connect::message-record': messages.flatMap((message) =>
      message.records.map(({ contactType, documentId }) => ({
        messageId: message.id,
        threadId: thread.id,
        contactType,
        contactDocumentId: documentId,
        standsIn: true,
        receivedAt: message.receivedAt,
      }))
    ),
    'email-connect::holding': messages.flatMap((message) => holdingRows(world, thread, message)),
    'email-connect::stricter-level': thread.chosen.map(({ inbox, level, message }) => ({
      threadId: thread.id,
      messageId: message?.id ?? 0,
      inboxDocumentId: inbox.documentId,
      level,
    })),
    'email-connect::rule-match': messages.flatMap((message) => matchRows(world, message)),
    'email-connect::access-request': thread.questions.map(({ id, who, inbox, state }) => ({
      id,
      threadId: thread.id,
      inboxDocumentId: inbox.documentId,
      userDocumentId: userOf(who).documentId,
      state,
      askedAt: 1,
      answeredAt: state === 'open' ? null : 2,
      answeredBy: '',
    })),
    'email-connect::participant': [...addresses].map((address) => ({
      threadDocumentId: thread.documentId,
      addressHash: addressHash(address),
      address,
      cameAs: 'named',
    })),
    'email-connect::outbox': messages
      .filter(({ isUnsent }) => isUnsent)
      .map((message) => outboxRow(thread, message)),
  };
};

/** Each address once, by the first way in which it came onto the message. */
const placesOf = ({ from, to, cc, bcc, answered }: WorldMessage): { address: string; role: string }[] => {
  const named = [
    ...[from].map(({ address }) => ({ address, role: 'from' })),
    ...to.map(({ address }) => ({ address, role: 'to' })),
    ...cc.map(({ address }) => ({ address, role: 'cc' })),
    ...bcc.map(({ address }) => ({ address, role: 'bcc' })),
    ...answered.map((address) => ({ address, role: 'answered' })),
  ];
  return named.filter(({ address }, place) => named.findIndex((one) => one.address === address) === place);
};

const lastOf = ({ messages }: WorldThread): WorldMessage | undefined =>
  [...messages].sort((one, other) => inOrder(one, other)).at(-1);

/** As conversations are read: by time, then by when it was recorded. */
export const inOrder = (one: WorldMessage, other: WorldMessage): number =>
  one.receivedAt.getTime() - other.receivedAt.getTime() || one.id - other.id;

const threadRow = (thread: WorldThread): Row => {
  const last = lastOf(thread);
  const files = thread.messages.flatMap((message) => message.files);
  return {
    id: thread.id,
    documentId: thread.documentId,
    publishedAt: new Date(),
    subject: thread.subject,
    baseSubject: thread.subject,
    state: last ? 'open' : 'unlogged',
    lastMessageAt: last?.receivedAt ?? null,
    lastDirection: last?.direction ?? null,
    lastFrom: last?.from.displayName ?? '',
    messageCount: thread.messages.length,
    attachmentCount: files.filter(({ isInline }) => !isInline).length,
    preview: last?.preview ?? '',
    threadToken: `${thread.documentId}@crm.test`,
    threadIndexRoot: '',
    inbox: thread.inbox?.id ?? null,
  };
};

const messageRow = (thread: WorldThread, message: WorldMessage): Row => {
  const { id, documentId, direction, subject, from, to, cc, bcc, preview, text, html, marks } = message;
  return {
    id,
    documentId,
    publishedAt: message.receivedAt,
    messageId: `${marks.messageId}@crm.test`,
    inReplyTo: [],
    references: [],
    subject: `Re: ${subject}`,
    fromAddress: from.address,
    fromName: from.displayName,
    to,
    cc,
    bcc,
    text: `${preview} ${FILLER} ${text}`,
    html: `<p>${html}</p>`,
    direction,
    origin: direction === 'outgoing' ? 'crm' : 'reply',
    deliveryStatus: direction === 'incoming' ? null : message.isUnsent ? 'failed' : 'sent',
    failureCode: '',
    failureMessage: message.isUnsent ? marks.failure : '',
    isJunk: false,
    marks: [],
    sentAt: message.receivedAt,
    receivedAt: message.receivedAt,
    size: 1000,
    evidence: { rung: 'in-reply-to', confidence: 1, header: 'In-Reply-To', value: marks.evidence },
    parsedAs: 'mime',
    dedupKey: documentId,
    fingerprint: documentId,
    thread: thread.id,
    inbox: message.inbox?.id ?? null,
  };
};

const fileRow = (thread: WorldThread, message: WorldMessage, file: WorldFile): Row => ({
  id: file.id,
  documentId: file.documentId,
  publishedAt: message.receivedAt,
  fileName: `${file.name}.txt`,
  contentType: 'text/plain',
  size: file.content.length,
  sha256: '',
  disposition: file.isInline ? 'inline' : 'attachment',
  contentId: '',
  state: file.isStored ? 'stored' : 'too_large',
  storageKey: file.isStored ? storageKeyOf(file.content) : null,
  receivedAt: message.receivedAt,
  message: message.id,
  thread: thread.id,
});

/** Inboxes that have nothing to do with a message have no row of it. */
const holdingRows = (world: World, thread: WorldThread, message: WorldMessage): Row[] =>
  world.inboxes
    .map((inbox) => ({
      messageId: message.id,
      threadId: thread.id,
      inboxDocumentId: inbox.documentId,
      holds: holds(message, inbox),
      decides: deciding(world, message).includes(inbox),
    }))
    .filter((row) => row.holds || row.decides);

/** Of each rule that met it, for the inboxes that decide and for which the rule is. */
const matchRows = (world: World, message: WorldMessage): Row[] =>
  message.met.flatMap((rule) =>
    deciding(world, message)
      .filter((inbox) => rule.inbox === null || rule.inbox === inbox)
      .map((inbox) => ({
        messageId: message.id,
        threadId: threadOf(world, message).id,
        inboxDocumentId: inbox.documentId,
        ruleDocumentId: rule.documentId,
      }))
  );

const outboxRow = (thread: WorldThread, message: WorldMessage): Row => ({
  inboxDocumentId: message.inbox?.documentId ?? '',
  messageDocumentId: message.documentId,
  threadDocumentId: thread.documentId,
  messageId: message.marks.messageId,
  smtpEnvelope: { from: message.from.address, to: message.to.map(({ address }) => address) },
  sourceKey: '',
  stage: 'refused',
  attempts: 1,
  looks: 0,
  doubted: false,
  claimedUntil: 0,
  filed: '',
  errorCode: 'UNEXPECTED',
  errorMessage: message.marks.failure,
  errorNextStep: '',
  errorDetail: message.marks.failure,
  queuedAt: Date.now(),
  sentAt: null,
});
