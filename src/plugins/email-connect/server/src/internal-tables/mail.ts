import {
  bigInteger,
  code,
  contentTypeUid,
  datetime,
  documentId,
  flag,
  hash,
  instant,
  integer,
  internalTable,
  json,
  text,
} from './columns';

/** Where a recorded message was seen. */
export const location = internalTable('location', 'email_connect_locations', {
  inboxDocumentId: documentId(),
  folderKey: hash(),
  folderPath: text(),
  uidValidity: code(20),
  imapUid: bigInteger(),
  messageDocumentId: documentId(),
});

/** Every id that means something to us: of messages, their aliases, thread tokens, Thread-Index roots, conversations of a server. */
export const idIndex = internalTable('id-index', 'email_connect_ids', {
  hash: hash(),
  /** own, alias, token, thread-index, server-thread */
  kind: code(20),
  threadDocumentId: documentId(),
  /** '' for what names a thread only, and for ids of messages that were removed. */
  messageDocumentId: documentId(),
});

/** Addresses that took part in a thread. */
export const participant = internalTable('participant', 'email_connect_participants', {
  threadDocumentId: documentId(),
  addressHash: hash(),
  address: text(),
});

/** Addresses of the site's contacts, whatever their content type. */
export const addressIndex = internalTable('address-index', 'email_connect_addresses', {
  addressHash: hash(),
  address: text(),
  contactType: contentTypeUid(),
  contactDocumentId: documentId(),
});

/** On whose records a thread is shown. `lastMessageAt` is the thread's, so that one index gives a page of it. */
export const contactLink = internalTable('contact-link', 'email_connect_contact_links', {
  threadDocumentId: documentId(),
  contactType: contentTypeUid(),
  contactDocumentId: documentId(),
  lastMessageAt: datetime(),
});

/** Mail that was written here, on its way out and after it. */
export const outbox = internalTable('outbox', 'email_connect_outbox', {
  inboxDocumentId: documentId(),
  messageDocumentId: documentId(),
  threadDocumentId: documentId(),
  messageId: text(),
  smtpEnvelope: json(),
  sourceKey: text(),
  /** Address and login that it goes out with, or not at all. */
  composedFor: text(),
  /** `domain/outgoing/stage` */
  stage: code(20),
  /** Submissions that were begun. */
  attempts: integer(),
  /** How often it was looked for in Sent, or tried to be filed there, since then. */
  looks: integer(),
  /** The outcome of a submission was never learned. */
  doubted: flag(),
  /** It is not sent before; null: at once. */
  notBefore: instant(),
  /** 0: at once; null: nobody will do anything by himself. */
  nextAttemptAt: instant(),
  /** 0 when nobody has it. One that ran out was left by a process that died with it. */
  claimedUntil: instant(),
  /** The last claim, whatever for. */
  claimId: code(32),
  /** The claim of the last submission: whose answer is evidence of what became of the mail. */
  attemptId: code(32),
  /** The submission whose outcome was recorded last. */
  recordedBy: code(32),
  filed: code(20),
  errorCode: code(60),
  errorMessage: text(),
  errorNextStep: text(),
  errorDetail: text(),
  queuedAt: instant(),
  sentAt: instant(),
  serverResponse: text(),
});

/** Presses of Send that made a mail: they outlive it, so that a late repetition makes no second one (S51). */
export const press = internalTable('press', 'email_connect_presses', {
  senderDocumentId: documentId(),
  keyHash: hash(),
  contentHash: code(64),
  messageDocumentId: documentId(),
  threadDocumentId: documentId(),
  pressedAt: instant(),
});

/** Messages that could not be read: visible, tried again, in nobody's way (P1). */
export const quarantine = internalTable('quarantine', 'email_connect_quarantine', {
  inboxDocumentId: documentId(),
  folderKey: hash(),
  folderPath: text(),
  uidValidity: code(20),
  imapUid: bigInteger(),
  code: code(60),
  detail: text(),
  evidence: json(),
  attempts: integer(),
  firstAt: instant(),
  lastAt: instant(),
  nextAt: instant(),
});

/** Messages of which a person is to say whether they belong to a thread: where they are, nothing of them. */
export const suggestion = internalTable('suggestion', 'email_connect_suggestions', {
  inboxDocumentId: documentId(),
  folderKey: hash(),
  folderPath: text(),
  uidValidity: code(20),
  imapUid: bigInteger(),
  threadDocumentId: documentId(),
  evidence: json(),
  suggestedAt: instant(),
  /** null while it is asked. */
  dismissedAt: instant(),
});

/** Contacts whose mail is not logged for now. */
export const pausedContact = internalTable('paused-contact', 'email_connect_paused_contacts', {
  contactType: contentTypeUid(),
  contactDocumentId: documentId(),
  pausedAt: instant(),
});

/** Messages that a person removed: they stay so (S21). */
export const tombstone = internalTable('tombstone', 'email_connect_tombstones', {
  dedupKey: code(130),
  removedAt: instant(),
});

export const audit = internalTable('audit', 'email_connect_audit', {
  at: instant(),
  action: code(60),
  actor: code(191),
  subject: code(191),
  outcome: code(20),
  facts: json(),
});
