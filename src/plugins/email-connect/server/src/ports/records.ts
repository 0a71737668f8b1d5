import type { Inbox, InboxState } from '../domain/inbox/inbox';
import type { EmailConnectError } from '../domain/errors';
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
import type { LinkedContact, DeliveryStatus } from '../domain/outgoing/outgoing';
import type { FolderMemory, FolderRole, InboxFolder, SyncCursor } from '../domain/sync/folder';
import type { GoneMessage } from '../domain/sync/gone';
import type { Suspect } from '../domain/sync/suspect';

/** Proof that the holder of an inbox's lease writes; a stale one writes nothing (P2). */
export interface Fence {
  inboxDocumentId: string;
  token: number;
  /** Whoever held it before did not give it back: he may have died at a message. */
  isAfterCrash?: boolean;
}

export interface Leases {
  /** null when another process holds it. */
  acquire(inboxDocumentId: string, holder: string, ttlMs: number): Promise<Fence | null>;
  /** false when it was lost meanwhile. */
  renew(fence: Fence, ttlMs: number): Promise<boolean>;
  release(fence: Fence): Promise<void>;
  /** Nobody logs in for so long, whichever process holds the inbox then; 0: at once. Rejects with LEASE_LOST. */
  rest(fence: Fence, ms: number): Promise<void>;
  /** How long the mail server is still to be left alone, in ms; 0: it may be asked. */
  restMs(inboxDocumentId: string): Promise<number>;
}

export type InboxChange = Partial<Omit<Inbox, 'documentId' | 'version'>>;

/** How an inbox is, as its loop finds it. */
export type InboxProgress = Pick<
  InboxChange,
  'state' | 'stateCode' | 'stateReason' | 'consecutiveFailures' | 'lastPassAt' | 'nextPassAt' | 'lastGap'
>;

/** What other processes are told of an inbox. */
export interface InboxSignal {
  documentId: string;
  version: number;
  /** Grows each time a person asks for a look. */
  asked: number;
  state: InboxState;
}

export interface FolderChoice {
  folderPath: string;
  role: FolderRole;
}

export interface InboxRecords {
  load(documentId: string): Promise<Inbox | null>;
  list(): Promise<Inbox[]>;
  /** The sender's inbox: the one this admin user owns and has connected. */
  findByOwner(ownerDocumentId: string): Promise<Inbox | null>;
  /** The one that is connected under this address. */
  findByAddress(address: string): Promise<Inbox | null>;
  /**
   * One transaction. `seal` is told the new documentId, which the secrets are bound to. Rejects with
   * INBOX_ALREADY_CONNECTED when another one has the address.
   */
  create(
    inbox: Omit<Inbox, 'documentId' | 'version'>,
    seal: (documentId: string) => InboxSecrets,
    folders: InboxFolder[]
  ): Promise<Inbox>;
  /**
   * What a person changes, in one transaction with what goes with it. `decide` is told the inbox as it is, which nobody else
   * changes meanwhile (S52), and may be asked more than once. Its version grows, and all processes hear of it within
   * seconds. null when there is no such inbox. Rejects with INBOX_ALREADY_CONNECTED, or with what `decide` throws.
   */
  change(
    documentId: string,
    decide: (stored: Inbox) => InboxChange,
    also?: {
      /** null: forgotten. One that is not named stays. */
      secrets?: Partial<InboxSecrets> | null;
      /** What each listed folder is for; one that is not named is not watched. */
      folders?: readonly FolderChoice[];
      /** Its mail server may be asked at once, however it failed before. */
      endsRest?: boolean;
    }
  ): Promise<Inbox | null>;
  /** false, and nothing is written, where a person paused or disconnected it, or changed it since it was loaded. */
  recordState(inbox: Pick<Inbox, 'documentId' | 'version'>, progress: InboxProgress): Promise<boolean>;
  /** A person asks for a look at it: whichever process holds it hears of it within seconds. */
  ask(documentId: string, how: { endsRest: boolean }): Promise<void>;
  /** Of the inboxes that were changed or asked for in the last `withinMs`, by the clock of the database. */
  listSignalled(withinMs: number): Promise<InboxSignal[]>;
  loadSecrets(documentId: string): Promise<InboxSecrets | null>;
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
  recordFailure(
    inboxDocumentId: string,
    folderPath: string,
    failure: { code: string; failures: number; retryAt: Date | null; at: Date }
  ): Promise<void>;
  /** Where the connection was lost, or may be; LEASE_LOST when the fence is stale. */
  recordSuspect(fence: Fence, folderPath: string, suspect: Suspect | null): Promise<void>;
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
  logged: MessageToLog[];
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
  /** Threads that a person un-logged by moving a message of theirs (S21). */
  unlogged: string[];
  /** Mail that came before what was logged just now may answer it: folders are to be read again from then on (c46). */
  lookBack: LookBack | null;
  at: Date;
}

export interface MessageToLog {
  message: MessageToRecord;
  /** null: gone before its body was read, and in no watched folder any more. */
  location: Location | null;
  /** Where it was before it was gone: no longer in quarantine there, whatever becomes of this. */
  goneFrom?: Location;
}

export interface MessageToQuarantine {
  location: Location;
  code: string;
  detail: string;
  evidence: Evidence | null;
  /** When it is tried next; null: only when a person asks for it (a held message). */
  nextAt: Date | null;
  /** What is left of one that was gone before its body was read. */
  gone?: GoneMessage;
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
  contacts: LinkedContact[];
}

/**
 * What became of a message that was to be logged. `was-there`: it was recorded before. `not-written`: its conversation was
 * un-logged, or itself removed, since it was judged (S21). `refused`: the database does not take it, for what it holds.
 */
export type LoggedFate =
  | { kind: 'recorded' | 'was-there'; messageDocumentId: string }
  | { kind: 'not-written'; reason: 'thread-unlogged' | 'removed' }
  | { kind: 'refused'; failure: EmailConnectError };

export interface RecordedPass {
  changes: RecordedChange[];
  /** One for each of `logged`, in order. */
  logged: LoggedFate[];
}

export interface MessageRecords {
  /**
   * One transaction: messages, threads, links, files, the id index, locations, quarantine and the cursor.
   * A message that is recorded already only gains a location. Rejects with LEASE_LOST when the fence is stale, and with
   * DATA_REFUSED when the database does not take something of it, whoever asks again.
   */
  recordPass(outcome: PassOutcome): Promise<RecordedPass>;
}
