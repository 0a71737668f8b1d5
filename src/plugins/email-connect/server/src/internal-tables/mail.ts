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
  /** When this copy is to be compared with what is recorded; null: not, or not any more. */
  compareAt: instant(),
  /** How often that was tried; null: whether it is to be was never asked. */
  compares: integer(),
});

/** Every known id: of messages, their aliases, thread tokens, Thread-Index roots, conversations of a server. */
export const idIndex = internalTable('id-index', 'email_connect_ids', {
  hash: hash(),
  /** own, alias, token, thread-index, server-thread */
  kind: code(20),
  threadDocumentId: documentId(),
  /** '' for an id that names only a thread, and for ids of messages that were removed. */
  messageDocumentId: documentId(),
});

/** Addresses that took part in a thread. */
export const participant = internalTable('participant', 'email_connect_participants', {
  threadDocumentId: documentId(),
  addressHash: hash(),
  address: text(),
  /** named, answering: `domain/access/standing` */
  cameAs: code(20),
});

/** The addresses by which a message stands on records. Rows of a message never change, but for a Bcc that is learned. */
export const messageAddress = internalTable('message-address', 'email_connect_message_addresses', {
  messageId: integer(),
  threadId: integer(),
  addressHash: hash(),
  /** from, to, cc, bcc, answered */
  role: code(20),
  receivedAt: datetime(),
});

/** The records on which a message stands without an address of theirs. */
export const messageRecord = internalTable('message-record', 'email_connect_message_records', {
  messageId: integer(),
  threadId: integer(),
  contactType: contentTypeUid(),
  contactDocumentId: documentId(),
  standsIn: flag(),
  receivedAt: datetime(),
});

/** Addresses of the site's contacts, whatever their content type. */
export const addressIndex = internalTable('address-index', 'email_connect_addresses', {
  addressHash: hash(),
  address: text(),
  contactType: contentTypeUid(),
  contactDocumentId: documentId(),
  /** `domain/access/counting` */
  counts: flag(),
});

/** The records on which a thread was shown until 0.1.0. Only migration 4 reads it, and empties it. */
export const contactLink = internalTable('contact-link', 'email_connect_contact_links', {
  threadDocumentId: documentId(),
  contactType: contentTypeUid(),
  contactDocumentId: documentId(),
  lastMessageAt: datetime(),
});

/** Mail that was written here, on its way out and afterwards. */
export const outbox = internalTable('outbox', 'email_connect_outbox', {
  inboxDocumentId: documentId(),
  messageDocumentId: documentId(),
  threadDocumentId: documentId(),
  messageId: text(),
  smtpEnvelope: json(),
  sourceKey: text(),
  /** The address and login that it must go out with. */
  composedFor: text(),
  /** `domain/outgoing/stage` */
  stage: code(20),
  /** Submissions that were begun. */
  attempts: integer(),
  /** How often since then it was looked for in Sent, or tried to be filed there. */
  looks: integer(),
  /** The outcome of an earlier submission was never learned. */
  doubted: flag(),
  /** The mail is not sent before this time; null: at once. */
  notBefore: instant(),
  /** 0: at once; null: no step follows automatically. */
  nextAttemptAt: instant(),
  /** 0 when no process has claimed it. A claim that ran out was left by a process that died. */
  claimedUntil: instant(),
  /** The last claim, for any step. */
  claimId: code(32),
  /** The claim of the last submission: its answer decides what became of the mail. */
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

/** Presses of Send that made a mail. Kept longer than the mail, so that a late repetition makes no second one (S51). */
export const press = internalTable('press', 'email_connect_presses', {
  senderDocumentId: documentId(),
  keyHash: hash(),
  contentHash: code(64),
  messageDocumentId: documentId(),
  threadDocumentId: documentId(),
  pressedAt: instant(),
});

/** Messages that could not be read: visible, tried again, and blocking no other mail (P1). */
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

/** Messages about which a person is asked whether they belong to a thread: only their location is kept. */
export const suggestion = internalTable('suggestion', 'email_connect_suggestions', {
  inboxDocumentId: documentId(),
  folderKey: hash(),
  folderPath: text(),
  uidValidity: code(20),
  imapUid: bigInteger(),
  threadDocumentId: documentId(),
  evidence: json(),
  suggestedAt: instant(),
  /** null while the person is asked. */
  dismissedAt: instant(),
});

/** Contacts whose mail is not logged at present. */
export const pausedContact = internalTable('paused-contact', 'email_connect_paused_contacts', {
  contactType: contentTypeUid(),
  contactDocumentId: documentId(),
  pausedAt: instant(),
});

/** What a person chose for a contact's mail, in the moments before they delete its record. */
export const deletionChoice = internalTable('deletion-choice', 'email_connect_deletion_choices', {
  contactType: contentTypeUid(),
  contactDocumentId: documentId(),
  chosenBy: documentId(),
  /** keep, erase, hand-over: `domain/access/leaving` */
  kind: code(20),
  toContactType: contentTypeUid(),
  toContactDocumentId: documentId(),
  chosenAt: instant(),
});

/** Messages that a person removed: they are not logged again (S21). */
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
