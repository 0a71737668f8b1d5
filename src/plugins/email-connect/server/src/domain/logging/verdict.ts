import type { MessageId } from '../identification/message-id';
import type { Direction, NoticeKind, Origin } from '../message/message';

/**
 * The rung of the matching ladder that decided (docs/mail-cases.md, b.3), or another reason for logging the message.
 */
export type Rung =
  | 'in-reply-to'
  | 'references'
  | 'thread-token'
  | 'thread-index'
  | 'original-id'
  | 'server-thread'
  | 'returned-id'
  | 'envelope-id'
  | 'other-topic'
  | 'subject'
  | 'known-contact'
  | 'log-address'
  | 'log-folder'
  | 'by-hand';

/** Why a message was logged, kept with it. */
export interface Evidence {
  rung: Rung;
  /** 0..1 */
  confidence: number;
  /** The header field that decided. */
  header: string;
  /** The known id or value in that field. */
  value: string;
}

export type IgnoreReason =
  | 'no-known-reference'
  | 'thread-unlogged'
  | 'thread-muted'
  | 'contact-paused'
  | 'never-log-rule'
  | 'side-conversation'
  | 'draft'
  | 'removed'
  | 'unknown-own-id';

/** A thread that the message begins, unless it exists already. */
export interface ThreadToBegin {
  subject: string;
  baseSubject: string;
  /** The thread from which this one split off when the subject changed (c38); null for none. */
  continuesDocumentId: string | null;
}

/**
 * What is to happen with one message, decided on its headers alone. `known`: this message is recorded already; its
 * location is new, and perhaps one of its ids. `inspect`: an automatic message that names the mail it is about in its
 * returned part only: read that part, then decide again (P6). `ask`: the thread is likely, not certain: a person
 * decides, on headers alone. `unlog`: a person put the message into the folder for un-logging. `hold`: it came by the
 * log address, but not provably from the team: kept apart, visible (S28).
 */
export type Verdict =
  | {
      kind: 'log';
      threadDocumentId: string;
      /** null: the thread is there. */
      begins: ThreadToBegin | null;
      origin: Origin;
      direction: Direction;
      evidence: Evidence;
      notice: NoticeKind | null;
      /** The recorded message that a notice is about; null when only its thread is known, or for an ordinary message. */
      answersDocumentId: string | null;
    }
  | { kind: 'known'; messageDocumentId: string; threadDocumentId: string; aliases: MessageId[] }
  /** More of the message is read, and then it is decided anew. */
  | ({ kind: 'inspect' } & Inspection)
  | { kind: 'ask'; threadDocumentId: string; evidence: Evidence }
  | { kind: 'unlog'; threadDocumentId: string }
  | { kind: 'hold'; code: HoldCode; detail: string }
  | { kind: 'ignore'; reason: IgnoreReason; detail: string };

/** What is read: the part that an automatic message returns (P6), or what servers wrote above the message (S28). */
export type Inspection = { part: 'returned'; notice: NoticeKind } | { part: 'trace' };

/** `LOG_SENDER_UNKNOWN`: not one of the team's addresses; `LOG_SENDER_UNVERIFIED`: no proof that it was they who sent it. */
export type HoldCode = 'LOG_SENDER_UNKNOWN' | 'LOG_SENDER_UNVERIFIED';

/** A verdict with the steps that led to it, for "why is this mail (not) here?" (P9). */
export interface Decision {
  verdict: Verdict;
  /** In the order in which they were asked; the last one decided. */
  steps: DecisionStep[];
}

export interface DecisionStep {
  /** The name of the step. */
  step: StepName;
  /** `decided`: this step made the verdict; `passed`: it had no answer, and the next step was asked. */
  outcome: 'decided' | 'passed';
  /** The header field that the step looked at, and the value in it that mattered; '' for none. */
  header: string;
  value: string;
  /** The never-log rule that decided; null in any other step. */
  ruleDocumentId: string | null;
  /** One plain sentence. Names no subject and no address but the message's own. */
  detail: string;
}

export type StepName =
  | 'draft'
  | 'recorded'
  | 'removed'
  | 'folder-role'
  | 'by-hand'
  | 'log-address'
  | 'never-log-rule'
  | 'own-id'
  | 'in-reply-to'
  | 'references'
  | 'thread-index'
  | 'original-id'
  | 'server-thread'
  | 'returned-part'
  | 'subject'
  | 'known-contact'
  | 'thread-state'
  | 'contact-paused'
  | 'side-conversation'
  | 'nothing';

/** What one known id belongs to. */
export interface KnownId {
  /** `own`, `alias`: the id of a recorded message; `token`: the first References entry of every mail of a thread. */
  kind: 'own' | 'alias' | 'token';
  threadDocumentId: string;
  /** null for a token. */
  messageDocumentId: string | null;
  /**
   * The recorded message, for ids that a mail of the chunk has, or had before: a copy has its `fingerprint`, another
   * mail under the same id has not (c32). Absent: no mail is a copy by this id.
   */
  copied?: { fingerprint: string; inboxDocumentId: string | null };
}

/** A recorded message that a mail may be a copy of. */
export interface KnownRecord {
  messageDocumentId: string;
  threadDocumentId: string;
  /** The inbox whose mail it is: of a sent one, the inbox that sent it. null: there is no such inbox any more. */
  inboxDocumentId: string | null;
}

export interface KnownThread {
  documentId: string;
  state: 'open' | 'muted' | 'unlogged';
  /** RFC 5256 2.1, as `domain/subject/base-subject` makes it. */
  baseSubject: string;
  /** Normalised addresses that took part so far. */
  participants: ReadonlySet<string>;
  /** ISO; null when the thread has no message. */
  lastMessageAt: string | null;
}

/** Which mail a rule meets, as content editors write it. */
export interface LoggingRule {
  documentId: string;
  field: 'address' | 'domain' | 'subject';
  /** Matched case-insensitively: equal for address and domain, contained for subject. */
  pattern: string;
  /** null: the whole site. */
  inboxDocumentId: string | null;
}

/** Who is "us" (P8): addresses of all inboxes and those named in the site's settings; whole domains too. Normalised. */
export interface Team {
  addresses: ReadonlySet<string>;
  domains: ReadonlySet<string>;
}

/** Everything in the records that could matter for the messages of one chunk, loaded by one read. */
export interface LoggingFacts {
  ids: ReadonlyMap<MessageId, KnownId>;
  /** Thread-Index root (hex) to thread documentId. */
  threadIndexRoots: ReadonlyMap<string, string>;
  /** The server's own conversation id (of this inbox only) to thread documentId. */
  serverThreads: ReadonlyMap<string, string>;
  /**
   * Threads that ids, roots and server threads point to, the threads that split off them, and open threads of a
   * sender here (b.3-11).
   */
  threads: ReadonlyMap<string, KnownThread>;
  /** Those that keep mail out. */
  rules: readonly LoggingRule[];
  /** Which of the people on these messages are contacts, by normalised address; never an address of the team (P8). */
  contacts: ReadonlySet<string>;
  /** Those addresses whose contact is paused. */
  paused: ReadonlySet<string>;
  /** Dedup identities (`dedupIdentity`) of these messages that a person removed (S21). */
  removed: ReadonlySet<string>;
  /** Dedup identities of messages without a Message-ID that are recorded, to their documentId and thread (c31). */
  recorded: ReadonlyMap<string, KnownRecord>;
  /** Mail sent from here whose copy may come back under another Message-ID (c37): `fingerprint` to the record. */
  sent: ReadonlyMap<string, KnownRecord>;
  team: Team;
}
