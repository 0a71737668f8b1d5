import type { Inbox } from '../domain/inbox/inbox';
import type { Evidence, LoggingFacts } from '../domain/logging/verdict';
import type {
  Address,
  Direction,
  ImapUid,
  MessageHeaders,
  NoticeKind,
  Origin,
  ParsedMessage,
} from '../domain/message/message';
import type { ContactRef, DeliveryStatus } from '../domain/outgoing/outgoing';
import type { InboxFolder, SyncCursor } from '../domain/sync/folder';

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
