/**
 * What the use cases need from the world, in the words of the domain.
 * `wiring.ts` says which adapter stands behind each.
 *
 * Bytes flow as `AsyncIterable<Uint8Array>`, so that no message has to fit in memory.
 * Every method may reject with an `EmailConnectError`; adapters turn foreign errors into one at their edge.
 */
import type { Attachment, AttachmentPage } from '../../shared/contracts/attachment';
import type { Page } from '../../shared/contracts/contact-ref';
import type { News, NewsItem } from '../../shared/contracts/news';
import type { Thread, ThreadPage } from '../../shared/contracts/thread';
import type { MessageId } from './domain/identification/message-id';
import type { Inbox, ServerSettings } from './domain/inbox/inbox';
import type { Evidence, LoggingFacts } from './domain/logging/verdict';
import type {
  Address,
  Direction,
  ImapUid,
  MessageHeaders,
  NoticeKind,
  Origin,
  ParsedMessage,
  ScannedMessage,
} from './domain/message/message';
import type {
  ContactRef,
  DeliveryStatus,
  Draft,
  OutgoingHeaders,
  SmtpEnvelope,
} from './domain/outgoing/outgoing';
import type { FolderListing, FolderState, InboxFolder, SyncCursor } from './domain/sync/folder';

export type Bytes = AsyncIterable<Uint8Array>;

// ---------------------------------------------------------------- time and chance

export interface Clock {
  now(): Date;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  bytes(length: number): Uint8Array;
}

// ---------------------------------------------------------------- mail servers

/** A server as it may be dialled: its host resolved and found allowed (S37). */
export interface ServerAccess extends ServerSettings {
  /** The IP address to connect to; `host` stays the name that the certificate must carry. */
  ip: string;
  password: string;
}

export interface Hosts {
  /** Resolves `host`; rejects with HOST_NOT_FOUND, or HOST_PRIVATE for internal addresses that are not allowed. */
  resolve(host: string): Promise<string>;
}

export interface Imap {
  /** Opens TLS, logs in. `onClosed` fires once when the connection ends for any reason but `close()`. */
  connect(access: ServerAccess, onClosed?: (error: Error | null) => void): Promise<ImapSession>;
  /** The same in named steps, for the connection test. */
  test(access: ServerAccess, onStep: (step: ConnectionStep) => void): Promise<FolderListing[]>;
}

export interface ConnectionStep {
  name: 'imap-reach' | 'imap-tls' | 'imap-login' | 'imap-folders' | 'smtp-reach' | 'smtp-tls' | 'smtp-login';
  state: 'running' | 'passed' | 'failed';
  /** What was found: a TLS version, a count of folders; '' for nothing to say. */
  finding: string;
  error: { code: string; message: string; nextStep: string; detail: string } | null;
}

/** One logged-in connection. Its calls queue behind one another. */
export interface ImapSession {
  listFolders(): Promise<FolderListing[]>;
  /** EXAMINE: nothing in the mailbox can change through it (S13). Call `release` when done. */
  openFolder(folderPath: string): Promise<OpenFolder>;
  /** From now on `onChange` fires when the server says that `folderPath` changed; IDLE whenever the session is free. */
  watch(folderPath: string, onChange: () => void): Promise<void>;
  /** UIDs of the messages in the folder whose Message-ID is exactly this. */
  findByMessageId(folderPath: string, messageId: MessageId): Promise<ImapUid[]>;
  /** APPEND with \Seen. Resolves with the new UID where the server tells it (UIDPLUS). */
  append(folderPath: string, source: Uint8Array, sentAt: Date): Promise<ImapUid | null>;
  close(): Promise<void>;
}

export interface OpenFolder {
  state: FolderState;
  /** The UIDs that exist in `from..to`, ascending. */
  listUids(from: number, to: number): Promise<ImapUid[]>;
  /** The UIDs of messages whose INTERNALDATE is on or after the day of `since`, ascending. */
  listUidsSince(since: Date): Promise<ImapUid[]>;
  /**
   * Header fields, size and date of these messages: never a body (S12).
   * A UID that is in neither list was gone when asked again; `unreadable` exists but would not come (P1).
   */
  scanHeaders(uids: readonly ImapUid[]): Promise<{ scanned: ScannedMessage[]; unreadable: ImapUid[] }>;
  /** The whole message as a stream; null when it is gone. BODY.PEEK: \Seen stays as it was. */
  fetchMessage(imapUid: ImapUid): Promise<Bytes | null>;
  release(): void;
}

export interface Smtp {
  /** Submits these exact bytes. Rejects with SEND_OUTCOME_UNKNOWN when the connection broke after the data was sent. */
  submit(access: ServerAccess, envelope: SmtpEnvelope, source: Uint8Array): Promise<SubmissionReceipt>;
  test(access: ServerAccess, onStep: (step: ConnectionStep) => void): Promise<void>;
}

export interface SubmissionReceipt {
  /** The id the provider put in place of ours, when its reply tells (S14). */
  serverMessageId: MessageId | null;
  /** The server's last line, shortened. */
  response: string;
}

// ---------------------------------------------------------------- messages and files

export interface Mime {
  /** Raw header fields to our shape; ids by our own extraction, never throws. */
  parseHeaders(headerBytes: Uint8Array): MessageHeaders;
  /**
   * Streams a message into text, sanitised HTML and files. Never rejects because of what the message holds:
   * a MIME tree that cannot be parsed gives `parsedAs: 'raw'` and the message itself as a file.
   */
  parseMessage(source: Bytes, limits: MessageLimits): Promise<ParsedMessage>;
  /** One set of bytes, for SMTP and for the Sent folder alike (S9). No Bcc field in it. */
  composeMessage(message: MessageToCompose): Promise<Uint8Array>;
  sanitizeHtml(html: string): string;
  htmlToText(html: string): string;
}

export interface MessageLimits {
  /** A file beyond this leaves a placeholder (S29). */
  attachmentBytes: number;
  /** Text and HTML beyond this are cut. */
  textBytes: number;
  saveAttachment(content: Bytes): Promise<StoredFile>;
}

export interface StoredFile {
  storageKey: string;
  sha256: string;
  size: number;
}

export interface MessageToCompose {
  from: Address;
  draft: Draft;
  headers: OutgoingHeaders;
  sentAt: Date;
  attachments: { fileName: string; contentType: string; content: Bytes }[];
}

export interface Attachments {
  /** Writes under the content's hash, outside any public folder; the same bytes twice are one file. */
  save(content: Bytes): Promise<StoredFile>;
  /** Rejects with ATTACHMENT_NOT_STORED when nothing is there. */
  open(storageKey: string): Promise<Bytes>;
}

export interface Secrets {
  /** AES-256-GCM under a key outside the database; `owner` is bound to it, so that no row can be swapped. KEY_MISSING when there is none. */
  seal(plainText: string, owner: string): string;
  /** KEY_WRONG when it was sealed under another key or for another owner. */
  open(sealed: string, owner: string): string;
  /** Throws KEY_MISSING when nothing could be sealed. */
  assertKey(): void;
  /** The first 10 characters of a keyed hash, lower-case base32: proves that we minted an id. */
  sign(text: string): string;
}

// ---------------------------------------------------------------- records

/** Proof that the holder of an inbox's lease writes; a stale one writes nothing (P2). */
export interface Fence {
  inboxDocumentId: string;
  token: number;
}

export interface Leases {
  /** null when another process holds it. */
  acquire(inboxDocumentId: string, holder: string, ttlMs: number): Promise<Fence | null>;
  /** false when it was lost meanwhile. */
  renew(fence: Fence, ttlMs: number): Promise<boolean>;
  release(fence: Fence): Promise<void>;
}

export interface InboxRecords {
  load(documentId: string): Promise<Inbox | null>;
  list(): Promise<Inbox[]>;
  /** The sender's inbox: the one this admin user owns and has connected. */
  findByOwner(ownerDocumentId: string): Promise<Inbox | null>;
  findByAddress(address: string): Promise<Inbox | null>;
  /** One transaction. `seal` is told the new documentId, which the secrets are bound to. */
  create(
    inbox: Omit<Inbox, 'documentId'>,
    seal: (documentId: string) => InboxSecrets,
    folders: InboxFolder[]
  ): Promise<Inbox>;
  update(documentId: string, change: Partial<Omit<Inbox, 'documentId'>>): Promise<void>;
  saveSecrets(documentId: string, secrets: Partial<InboxSecrets>): Promise<void>;
  loadSecrets(documentId: string): Promise<InboxSecrets | null>;
  deleteSecrets(documentId: string): Promise<void>;
}

/** Sealed. */
export interface InboxSecrets {
  imapPassword: string;
  smtpPassword: string;
}

export interface FolderRecords {
  list(inboxDocumentId: string): Promise<InboxFolder[]>;
  /** Adds new folders, keeps cursors and choices of those that stay, unwatches those that vanished. */
  merge(
    inboxDocumentId: string,
    folders: Pick<InboxFolder, 'folderPath' | 'specialUse' | 'watched'>[]
  ): Promise<void>;
  setWatched(inboxDocumentId: string, folderPaths: string[]): Promise<void>;
  recordFailure(inboxDocumentId: string, folderPath: string, code: string, at: Date): Promise<void>;
}

export interface LoggingRecords {
  /** One read per chunk: what do we know of these ids, Thread-Index roots and threads, and which rules apply? */
  loadFacts(inboxDocumentId: string, headers: readonly MessageHeaders[]): Promise<LoggingFacts>;
}

/** A message ready to be recorded. */
export interface MessageToRecord {
  threadDocumentId: string;
  inboxDocumentId: string;
  direction: Direction;
  origin: Origin;
  notice: NoticeKind | null;
  evidence: Evidence | null;
  deliveryStatus: DeliveryStatus | null;
  /** What makes it one record for the whole site; `domain/message/dedup-identity`. */
  dedupIdentity: string;
  /** Tells apart different mails that carry the same Message-ID (c32). */
  fingerprint: string;
  receivedAt: string;
  size: number;
  bcc: Address[];
  parsed: ParsedMessage;
  /** Normalised addresses of everyone on it. */
  participants: string[];
}

export interface Location {
  folderPath: string;
  uidValidity: string;
  imapUid: ImapUid;
}

/** All that one step of a pass writes, in one transaction with the cursor. */
export interface PassOutcome {
  fence: Fence;
  folderPath: string;
  /** What the cursor must be for this to be written: a stale pass changes nothing. */
  cursorBefore: SyncCursor | null;
  cursorAfter: SyncCursor;
  logged: { message: MessageToRecord; location: Location }[];
  /** Messages recorded before that were seen here too. */
  sighted: { messageDocumentId: string; location: Location }[];
  quarantined: { location: Location; code: string; detail: string; evidence: Evidence | null }[];
  at: Date;
}

export interface RecordedChange {
  threadDocumentId: string;
  messageDocumentId: string;
  direction: Direction;
  contacts: ContactRef[];
}

export interface MessageRecords {
  /**
   * One transaction: messages, threads, links, files, the id index, locations, quarantine and the cursor.
   * A message that is recorded already only gains a location. Rejects with LEASE_LOST when the fence is stale.
   */
  recordPass(outcome: PassOutcome): Promise<RecordedChange[]>;
  quarantineCount(inboxDocumentId: string): Promise<number>;
}

export interface NewThread {
  subject: string;
  baseSubject: string;
  threadToken: MessageId;
  threadIndexRoot: string;
  inboxDocumentId: string;
  contacts: ContactRef[];
}

/** What a reply needs to know of the thread it continues. */
export interface ThreadToContinue {
  documentId: string;
  inboxDocumentId: string;
  threadToken: MessageId;
  threadIndexRoot: string;
  subject: string;
  /** Message-IDs, oldest first. */
  messageIds: MessageId[];
}

export interface OutboxRecords {
  loadThread(threadDocumentId: string): Promise<ThreadToContinue | null>;
  /** The Message-ID of the message a person answers, with its thread. */
  loadAnswered(
    messageDocumentId: string
  ): Promise<{ messageId: MessageId | null; threadDocumentId: string } | null>;
  /** One transaction: the thread when it is new, the message as `queued`, ids, links, the outbox row. */
  queue(entry: {
    thread:
      { kind: 'new'; thread: NewThread } | { kind: 'existing'; documentId: string; contacts: ContactRef[] };
    message: Omit<MessageToRecord, 'threadDocumentId'>;
    smtpEnvelope: SmtpEnvelope;
    sourceKey: string;
    at: Date;
  }): Promise<OutboxEntry>;
  /** Due entries of this inbox, oldest first. */
  listDue(inboxDocumentId: string, at: Date): Promise<OutboxEntry[]>;
  /** Takes the entry for one attempt; false when someone else has it. */
  claim(outboxId: number, until: Date): Promise<boolean>;
  recordSent(entry: OutboxEntry, receipt: SubmissionReceipt, at: Date): Promise<void>;
  recordFiled(entry: OutboxEntry, filed: 'appended' | 'found' | 'skipped'): Promise<void>;
  /** A step that did not succeed: where the entry stands now, and what the message shows. */
  recordSetback(
    entry: OutboxEntry,
    setback: {
      stage: OutboxEntry['stage'];
      deliveryStatus: DeliveryStatus;
      code: string;
      message: string;
      /** null: no further attempt. */
      nextAttemptAt: Date | null;
    }
  ): Promise<void>;
}

export interface OutboxEntry {
  outboxId: number;
  inboxDocumentId: string;
  messageDocumentId: string;
  threadDocumentId: string;
  messageId: MessageId;
  /** Of its thread. */
  contacts: ContactRef[];
  smtpEnvelope: SmtpEnvelope;
  /** Where the composed bytes are (Attachments). */
  sourceKey: string;
  /** `submit`: not yet with the server; `verify`: it may be; look in Sent first; `file`: sent, its copy is not in Sent yet. */
  stage: 'submit' | 'verify' | 'file' | 'done' | 'failed';
  attempts: number;
}

/** Reading decides nothing, so it speaks the shapes that cross HTTP. */
export interface ThreadRecords {
  /** Newest first. */
  listOfContact(contact: ContactRef, page: Page): Promise<ThreadPage>;
  /** null when there is none. Messages oldest first. */
  read(threadDocumentId: string): Promise<Thread | null>;
  /** Whose conversation it is; empty when there is no such thread. */
  contactsOf(threadDocumentId: string): Promise<ContactRef[]>;
}

export interface AttachmentRecords {
  load(attachmentDocumentId: string): Promise<(Attachment & { storageKey: string | null }) | null>;
  /** Files of the contact's logged mail, newest first; inline images are not listed (S29). */
  listOfContact(contact: ContactRef, page: Page): Promise<AttachmentPage>;
}

export interface ContactRecords {
  /** Name and addresses of a record of any configured contact type; null when there is none. */
  load(contact: ContactRef): Promise<{ name: string; addresses: string[] } | null>;
  /** Contacts that carry any of these normalised addresses. */
  findByAddresses(addresses: readonly string[]): Promise<Map<string, ContactRef[]>>;
  /** Brings the address index up to date with one record; no record, no addresses. */
  index(contact: ContactRef): Promise<void>;
  /** Rebuilds the index of every contact type that has none yet. */
  rebuildIndex(): Promise<void>;
}

export interface Audit {
  record(entry: {
    action: string;
    actor: string;
    subject: string;
    outcome: 'ok' | 'refused';
    facts: Record<string, string>;
  }): Promise<void>;
}

// ---------------------------------------------------------------- news

export interface NewsFeed {
  /**
   * After a commit: lean events for code and webhooks, and a live update of open admin pages.
   * Ids only, never a body (S31). Never rejects: a failing listener must not undo what is recorded.
   */
  announce(item: NewsItem): Promise<void>;
  /** What came after `cursor`, as soon as there is something, or nothing after `waitMs`. */
  after(cursor: string, waitMs: number): Promise<News>;
}

/** Wakes the loop of an inbox from anywhere; many asks become one. */
export interface Wakeups {
  wake(inboxDocumentId: string): void;
  /** Resolves when woken, after `timeoutMs`, or when `signal` aborts. */
  wait(
    inboxDocumentId: string,
    timeoutMs: number,
    signal: AbortSignal
  ): Promise<'woken' | 'timeout' | 'aborted'>;
}

/** Limits and intervals of this installation. */
export interface EngineSettings {
  attachmentLimitBytes: number;
  textLimitBytes: number;
  /** The largest mail that is composed, files included. */
  outgoingLimitBytes: number;
  /** The pass that comes whatever IDLE says. */
  passIntervalMs: number;
}

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface Ports {
  clock: Clock;
  random: Random;
  hosts: Hosts;
  imap: Imap;
  smtp: Smtp;
  mime: Mime;
  attachments: Attachments;
  secrets: Secrets;
  leases: Leases;
  inboxes: InboxRecords;
  folders: FolderRecords;
  logging: LoggingRecords;
  messages: MessageRecords;
  outbox: OutboxRecords;
  threads: ThreadRecords;
  attachmentRecords: AttachmentRecords;
  contacts: ContactRecords;
  audit: Audit;
  news: NewsFeed;
  settings: EngineSettings;
  wakeups: Wakeups;
  logger: Logger;
}
