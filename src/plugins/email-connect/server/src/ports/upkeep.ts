import type { Backfill } from '../domain/sync/backfill';
import type { LinkedContact } from '../domain/outgoing/outgoing';
import type { Evidence } from '../domain/logging/verdict';
import type { GoneMessage } from '../domain/sync/gone';
import type { Fence, Location } from './records';

/** Messages that could not be read, or are held: visible, tried again, in nobody's way (P1). */
export interface QuarantineRecords {
  /** Newest first. */
  list(inboxDocumentId: string): Promise<QuarantinedMessage[]>;
  /** How many there are, by folder path. */
  countByFolder(inboxDocumentId: string): Promise<Map<string, number>>;
  /** Those of the folder that are to be tried at `at`, oldest first, at most `limit`. */
  listDue(
    inboxDocumentId: string,
    folderPath: string,
    at: Date,
    limit: number
  ): Promise<QuarantinedMessage[]>;
  /** Makes one, or all of the inbox, due now. Resolves with how many. */
  makeDue(inboxDocumentId: string, location: Location | null, at: Date): Promise<number>;
}

export interface QuarantinedMessage {
  location: Location;
  code: string;
  detail: string;
  evidence: Evidence | null;
  attempts: number;
  /** ISO. */
  firstAt: string;
  lastAt: string;
  nextAt: string | null;
  /** What is left of one that was gone before its body was read. */
  gone?: GoneMessage;
}

/** Messages of which a person is to say whether they belong to a thread. */
export interface SuggestionRecords {
  list(inboxDocumentId: string): Promise<Suggestion[]>;
  /** Asked no more. */
  dismiss(inboxDocumentId: string, location: Location): Promise<void>;
}

export interface Suggestion {
  location: Location;
  threadDocumentId: string;
  evidence: Evidence;
  /** ISO. */
  suggestedAt: string;
}

/** What a person asks of an inbox, done by whoever holds its lease: one writer for each inbox. */
export interface RequestRecords {
  add(request: Omit<InboxRequest, 'requestId' | 'attempts'>): Promise<number>;
  /** The oldest that is not done, of those that were tried least. */
  next(inboxDocumentId: string): Promise<InboxRequest | null>;
  /** Counts an attempt, before it is made; LEASE_LOST when the fence is stale. */
  begin(fence: Fence, requestId: number): Promise<void>;
  /** `code` '' for done, else why it could not be. */
  finish(fence: Fence, requestId: number, outcome: RequestOutcome): Promise<void>;
  /** null while it is not done. */
  outcome(requestId: number): Promise<RequestOutcome | null>;
}

export interface InboxRequest {
  requestId: number;
  inboxDocumentId: string;
  /** documentId of the admin user. */
  askedBy: string;
  /** `log`: this message and what answers it; into this thread when one is named. */
  kind: 'log';
  location: Location;
  threadDocumentId: string | null;
  /** Attempts that were begun. */
  attempts: number;
}

export interface RequestOutcome {
  code: string;
  message: string;
  threadDocumentId: string | null;
}

export interface BackfillRecords {
  /** The newest of the inbox; null when there never was one. */
  load(inboxDocumentId: string): Promise<Backfill | null>;
  /** Begins a new one in place of one that is over; false, and nothing is written, while one is running or paused. */
  begin(inboxDocumentId: string, backfill: Backfill): Promise<boolean>;
  /** A person's pause, cancel or resume. */
  setState(inboxDocumentId: string, state: Backfill['state'], at: Date): Promise<void>;
  /** After a chunk; LEASE_LOST when the fence is stale. A state that a person set meanwhile stays. */
  recordProgress(fence: Fence, backfill: Backfill): Promise<void>;
}

/** What people decide about threads and contacts. */
export interface ThreadUpkeep {
  setState(threadDocumentId: string, state: 'open' | 'muted'): Promise<void>;
  /**
   * Un-logs for good (S21): bodies, files and subject are deleted, tombstones keep its messages out, its ids stay known
   * so that later replies are recognised and left alone. The content of files is deleted by the next sweeps.
   */
  unlog(threadDocumentId: string, at: Date): Promise<void>;
  /** One message of it, for good. */
  removeMessage(messageDocumentId: string, at: Date): Promise<void>;
  /** Undoes `unlog` for what comes from now on. */
  relog(threadDocumentId: string): Promise<void>;
  pauseContact(contact: LinkedContact, paused: boolean, at: Date): Promise<void>;
  isPaused(contact: LinkedContact): Promise<boolean>;
}

/** What has served its purpose, and goes after a time. Ages in ms, by the database's clock. */
export interface Pruning {
  /** At most `atMost` of each kind; resolves with how many it were. */
  prune(ages: PruneAges, atMost: number): Promise<number>;
}

export interface PruneAges {
  /** Requests that are answered. */
  requests: number;
  /** Mail of which nothing is left to do: its place in the outbox, with its recipients; the message itself stays. */
  outbox: number;
  audit: number;
}
