import type { Inbox, InboxState } from '../domain/inbox/inbox';
import type { Named } from '../domain/inbox/named';
import type { EmailConnectError } from '../domain/errors';
import type { MessageId } from '../domain/identification/message-id';
import type { AskedFacts, AskedRefusal } from '../domain/logging/asked';
import type { Evidence, LoggingFacts } from '../domain/logging/verdict';
import type {
  Address,
  Candidate,
  DeliveryReport,
  Direction,
  ImapUid,
  MessageHeaders,
  NoticeKind,
  Origin,
  ParsedMessage,
} from '../domain/message/message';
import type { LinkedContact, DeliveryStatus } from '../domain/outgoing/outgoing';
import type { FolderMemory, FolderRole, InboxFolder, SyncCursor } from '../domain/sync/folder';
import type { GoneMessage } from '../domain/sync/gone';
import type { Suspect } from '../domain/sync/suspect';

/** Proof that the writer holds an inbox's lease; a stale fence writes nothing (P2). */
export interface Fence {
  inboxDocumentId: string;
  token: number;
  /** The holder before did not give the lease back: it may have died at a message. */
  isAfterCrash?: boolean;
}

export interface Leases {
  /** null when another process holds it. */
  acquire(inboxDocumentId: string, holder: string, ttlMs: number): Promise<Fence | null>;
  /** false when the lease was lost meanwhile. */
  renew(fence: Fence, ttlMs: number): Promise<boolean>;
  release(fence: Fence): Promise<void>;
  /** No process logs in for so long, whichever holds the inbox then; 0: at once. Rejects with LEASE_LOST. */
  rest(fence: Fence, ms: number): Promise<void>;
  /** How long the mail server is still to be left alone, in ms; 0: it may be called. */
  restMs(inboxDocumentId: string): Promise<number>;
}

export type InboxChange = Partial<Omit<Inbox, 'documentId' | 'version'>>;

/** The state of an inbox, as its loop finds it. */
export type InboxProgress = Pick<
  InboxChange,
  'state' | 'stateCode' | 'stateReason' | 'consecutiveFailures' | 'lastPassAt' | 'nextPassAt' | 'lastGap'
>;

/** What other processes are told of an inbox. */
export interface InboxSignal {
  documentId: string;
  version: number;
  /** Grows each time a person asks for a check. */
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
  /** Who uses it besides its owner. */
  namedOn(documentId: string): Promise<Named[]>;
  /** The inbox from which this admin user sends who chose none: `domain/inbox/named`. */
  findByOwner(ownerDocumentId: string): Promise<Inbox | null>;
  /** The inbox that is connected with this address. */
  findByAddress(address: string): Promise<Inbox | null>;
  /**
   * One transaction. `seal` gets the new documentId, to which the secrets are bound. Rejects with
   * INBOX_ALREADY_CONNECTED when another inbox has the address.
   */
  create(
    inbox: Omit<Inbox, 'documentId' | 'version'>,
    seal: (documentId: string) => InboxSecrets,
    folders: InboxFolder[]
  ): Promise<Inbox>;
  /**
   * A person's change, in one transaction with everything that belongs to it. `decide` gets the stored inbox, which
   * nobody else changes meanwhile (S52), and may be called more than once. The version of the inbox grows, and all
   * processes hear of it within seconds. null when there is no such inbox. Rejects with INBOX_ALREADY_CONNECTED, or
   * with the error of `decide`.
   */
  change(
    documentId: string,
    decide: (stored: Inbox) => InboxChange,
    also?: {
      /** null: forgotten. One that is not named stays. */
      secrets?: Partial<InboxSecrets> | null;
      /** What each listed folder is for; one that is not named is not watched. */
      folders?: readonly FolderChoice[];
      /** Its mail server may be called at once, whatever failed before. */
      endsRest?: boolean;
      /** Who uses it besides its owner; whoever becomes the owner is named no more. */
      named?: readonly Named[];
    }
  ): Promise<Inbox | null>;
  /** false, and nothing is written, if a person paused, disconnected or changed the inbox since it was loaded. */
  recordState(inbox: Pick<Inbox, 'documentId' | 'version'>, progress: InboxProgress): Promise<boolean>;
  /** A person asks for a check: the process that holds the inbox hears of it within seconds. */
  ask(documentId: string, how: { endsRest: boolean }): Promise<void>;
  /** Inboxes that were changed or asked for in the last `withinMs`, by the clock of the database. */
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
   * Updates the folders from the server's list. Folders that stay keep cursor and choices; a new folder with the
   * object id of a vanished one is that folder, renamed, and keeps everything; another new folder is read from
   * `readFrom` on (null: from its present state); a vanished one is kept, but not listed.
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
  /** At which message the connection was lost, or may be lost; LEASE_LOST when the fence is stale. */
  recordSuspect(fence: Fence, folderPath: string, suspect: Suspect | null): Promise<void>;
}

export interface LoggingRecords {
  /**
   * One read for each chunk: what do we know about these ids, Thread-Index roots, threads and people, and which rules
   * apply?
   */
  loadFacts(
    inboxDocumentId: string,
    candidates: readonly Candidate[],
    wider?: WiderFacts
  ): Promise<LoggingFacts>;
}

/** Facts that matter only where more than answers is logged. */
export interface WiderFacts {
  /** Threads that these messages would begin; if one exists already, its own state decides (S21). */
  mayBegin: readonly string[];
  /** Whether it also matters which strangers are contacts. */
  everyone: boolean;
}

/** A message ready to be recorded. */
export interface MessageToRecord {
  threadDocumentId: string;
  /**
   * The thread that it begins; null when the thread exists. Two messages may begin one thread: the first to be
   * recorded makes it.
   */
  begins: BegunThread | null;
  inboxDocumentId: string;
  direction: Direction;
  origin: Origin;
  notice: NoticeKind | null;
  /** The recorded message that the notice is about. */
  answersDocumentId: string | null;
  /** What a bounce, delay or receipt reports; recorded on the message it is about. */
  reports: DeliveryReport[];
  evidence: Evidence | null;
  deliveryStatus: DeliveryStatus | null;
  /** The value that makes all its copies one record for the whole site; `domain/message/dedup-identity`. */
  dedupIdentity: string;
  /** Tells apart different mails that carry the same Message-ID (c32). */
  fingerprint: string;
  receivedAt: string;
  size: number;
  /** It was found in a junk folder (c47). */
  isJunk: boolean;
  /** Ids that mean this message too: our own server replaced them when it was handed over (S44). */
  aliases: MessageId[];
  /** The server's own conversation id, of this inbox only; null for none. */
  serverThreadId: string | null;
  bcc: Address[];
  /** The server that received it says that its author's domain did not send it (S44). */
  failsDmarc: boolean;
  parsed: ParsedMessage;
  /** Normalised addresses of everyone on the message. */
  participants: string[];
}

/** What decides where a message stands: all of it is known before its body is read. */
export interface MailToPlace extends Pick<
  MessageToRecord,
  'threadDocumentId' | 'direction' | 'notice' | 'answersDocumentId' | 'receivedAt' | 'bcc' | 'participants'
> {
  headers: MessageHeaders;
  /** Whether it begins its thread, and the thread from which that one splits off. */
  begins: boolean;
  continuesDocumentId: string | null;
}

/** A thread that incoming mail begins, with the values that later mail sent from it needs. */
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

/** Everything that one step of a pass writes, in one transaction with the cursor. */
export interface PassOutcome {
  fence: Fence;
  folderPath: string;
  /** The cursor that must be stored for this to be written: a stale pass changes nothing. */
  cursorBefore: SyncCursor | null;
  cursorAfter: SyncCursor;
  memory: FolderMemory;
  /**
   * `memory.lookBackTo` as this step loaded it. The new value is written only if the stored one is still the same: a
   * look back that was asked for meanwhile stays for the next pass.
   */
  lookBackBefore: string | null;
  logged: MessageToLog[];
  /** Recorded messages that were seen in this folder too, and ids of theirs that this taught (S14). */
  sighted: {
    messageDocumentId: string;
    threadDocumentId: string;
    location: Location;
    aliases: MessageId[];
  }[];
  quarantined: MessageToQuarantine[];
  /**
   * Messages that leave the quarantine: they are gone, or not ours. Messages that are logged or sighted need not be
   * named.
   */
  lifted: Location[];
  /** Messages for a person to decide on; nothing of their content is kept. */
  suggested: { location: Location; threadDocumentId: string; evidence: Evidence }[];
  /** Threads that a person un-logged by moving a message of theirs (S21). */
  unlogged: string[];
  /** Mail that was judged before may answer a mail logged just now: folders are to be read again from then on (c46). */
  lookBack: LookBack | null;
  at: Date;
}

export interface MessageToLog {
  message: MessageToRecord;
  /** null: the message was gone before its body was read, and is in no watched folder any more. */
  location: Location | null;
  /** Its location before it was gone: it leaves the quarantine there, whatever its fate. */
  goneFrom?: Location;
  /** A person asked for this very message (S45). */
  asked?: AskedMessage;
}

/** The contact that the person chose for it; null: they chose none. */
export interface AskedMessage {
  chosen: LinkedContact | null;
}

export interface MessageToQuarantine {
  location: Location;
  code: string;
  detail: string;
  evidence: Evidence | null;
  /** When it is tried next; null: only when a person asks for it (a held message). */
  nextAt: Date | null;
  /** What is left of a message that was gone before its body was read. */
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
  /** It is a notice by which a mail from here bounced, as far as it can be believed (S44). */
  bounces: boolean;
  receivedAt: string;
  contacts: LinkedContact[];
}

/**
 * What became of a message that was to be logged. `was-there`: it was recorded before. `not-written`: its
 * conversation was un-logged or muted, or the message removed, since it was judged (S21); or a person asked for it, and it would
 * stand on no contact (S45). `refused`: the database refuses it because of its content.
 */
export type LoggedFate =
  | { kind: 'recorded' | 'was-there'; messageDocumentId: string }
  | { kind: 'not-written'; reason: 'thread-unlogged' | 'removed' | AskedRefusal }
  | { kind: 'refused'; failure: EmailConnectError };

export interface RecordedPass {
  changes: RecordedChange[];
  /** One for each of `logged`, in order. */
  logged: LoggedFate[];
}

export interface MessageRecords {
  /**
   * One transaction: messages, threads, links, files, the id index, locations, quarantine and the cursor. A recorded
   * message only gains a location. Rejects with LEASE_LOST when the fence is stale, and with DATA_REFUSED when the
   * database refuses a part of it, and would refuse it again.
   */
  recordPass(outcome: PassOutcome): Promise<RecordedPass>;
  /** What is known now of a mail that a person asks for; `recordPass` asks it once more. */
  askedFacts(mail: MailToPlace, chosen: LinkedContact | null): Promise<AskedFacts>;
}
