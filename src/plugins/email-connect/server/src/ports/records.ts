import type { Inbox, InboxState } from '../domain/inbox/inbox';
import type { MessageId } from '../domain/identification/message-id';
import type { Evidence, LoggingFacts } from '../domain/logging/verdict';
import type {
  Address,
  Candidate,
  DeliveryReport,
  Direction,
  ImapUid,
  NoticeKind,
  Origin,
  ParsedMessage,
} from '../domain/message/message';
import type { ContactRef, DeliveryStatus } from '../domain/outgoing/outgoing';
import type { FolderMemory, FolderRole, InboxFolder, SyncCursor } from '../domain/sync/folder';

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
  /** Nothing, while it is in one of the states `unless`: what a person decided meanwhile is not written over. */
  update(
    documentId: string,
    change: Partial<Omit<Inbox, 'documentId'>>,
    unless?: readonly InboxState[]
  ): Promise<void>;
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
  /**
   * Brings the folders up to what the server lists. Those that stay keep cursor and choices; one that came under the
   * object id of one that vanished is that one, renamed, and keeps all; a new one is read from `readFrom` on
   * (null: from where it stands now); one that vanished is kept, not listed.
   */
  merge(
    inboxDocumentId: string,
    folders: Pick<InboxFolder, 'folderPath' | 'specialUse' | 'watched' | 'objectId'>[],
    readFrom: Date | null
  ): Promise<void>;
  /** What each listed folder is for; one that is not named is not watched. */
  choose(inboxDocumentId: string, choices: { folderPath: string; role: FolderRole }[]): Promise<void>;
  recordFailure(
    inboxDocumentId: string,
    folderPath: string,
    failure: { code: string; failures: number; retryAt: Date | null; at: Date }
  ): Promise<void>;
}

export interface LoggingRecords {
  /** One read per chunk: what do we know of these ids, Thread-Index roots, threads and people, and which rules apply? */
  loadFacts(
    inboxDocumentId: string,
    candidates: readonly Candidate[],
    wider?: WiderFacts
  ): Promise<LoggingFacts>;
}

/** What matters only where more is logged than answers. */
export interface WiderFacts {
  /** Threads that these messages would begin; one that is there already decides over itself (S21). */
  mayBegin: readonly string[];
  /** Whether strangers are contacts matters as well. */
  everyone: boolean;
}

/** A message ready to be recorded. */
export interface MessageToRecord {
  threadDocumentId: string;
  /** The thread it begins; null when it is there. Two messages may begin one thread: the first to be recorded makes it. */
  begins: BegunThread | null;
  inboxDocumentId: string;
  direction: Direction;
  origin: Origin;
  notice: NoticeKind | null;
  /** The recorded message that the notice is about. */
  answersDocumentId: string | null;
  /** What a bounce, delay or receipt reports; set on the message it is about. */
  reports: DeliveryReport[];
  evidence: Evidence | null;
  deliveryStatus: DeliveryStatus | null;
  /** What makes it one record for the whole site; `domain/message/dedup-identity`. */
  dedupIdentity: string;
  /** Tells apart different mails that carry the same Message-ID (c32). */
  fingerprint: string;
  receivedAt: string;
  size: number;
  /** It was found among junk (c47). */
  isJunk: boolean;
  /** The server's own conversation id, of this inbox only; null for none. */
  serverThreadId: string | null;
  bcc: Address[];
  parsed: ParsedMessage;
  /** Normalised addresses of everyone on it. */
  participants: string[];
}

/** A thread that incoming mail begins, with what later mail sent from it needs. */
export interface BegunThread {
  subject: string;
  baseSubject: string;
  threadToken: MessageId;
  threadIndexRoot: string;
  continuesDocumentId: string | null;
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
  memory: FolderMemory;
  /**
   * `memory.lookBackTo` as this step loaded the folder. `memory.lookBackTo` is written only while that is what is
   * stored: a look back that someone asked for meanwhile stays for the next pass.
   */
  lookBackBefore: string | null;
  /** `location` null: gone before its body was read, and in no watched folder any more. */
  logged: { message: MessageToRecord; location: Location | null }[];
  /** Messages recorded before that were seen here too, and ids of theirs that were learned by it (S14). */
  sighted: {
    messageDocumentId: string;
    threadDocumentId: string;
    location: Location;
    aliases: MessageId[];
  }[];
  quarantined: MessageToQuarantine[];
  /** In quarantine no longer: gone, or judged not to be ours. Those that are logged or sighted need not be named. */
  lifted: Location[];
  /** For a person to decide; nothing of the message itself is kept. */
  suggested: { location: Location; threadDocumentId: string; evidence: Evidence }[];
  /**
   * Threads that a person un-logged by moving a message of theirs (S21). Their files are not among what is returned:
   * who wants them removed calls `ThreadUpkeep.unlog` first, after which this finds nothing left to do.
   */
  unlogged: string[];
  /** Mail that came before what was logged just now may answer it: folders are to be read again from then on (c46). */
  lookBack: LookBack | null;
  at: Date;
}

export interface MessageToQuarantine {
  location: Location;
  code: string;
  detail: string;
  evidence: Evidence | null;
  /** When it is tried next; null: only when a person asks for it (a held message). */
  nextAt: Date | null;
}

export interface LookBack {
  since: Date;
  /** Answers may have come to any of the site's inboxes, not only to this one. */
  everyInbox: boolean;
}

export interface RecordedChange {
  threadDocumentId: string;
  messageDocumentId: string;
  direction: Direction;
  notice: NoticeKind | null;
  receivedAt: string;
  contacts: ContactRef[];
}

export interface MessageRecords {
  /**
   * One transaction: messages, threads, links, files, the id index, locations, quarantine and the cursor.
   * A message that is recorded already only gains a location. Rejects with LEASE_LOST when the fence is stale.
   */
  recordPass(outcome: PassOutcome): Promise<RecordedChange[]>;
}
