import type { Backfill } from '../domain/sync/backfill';
import type { LinkedContact } from '../domain/outgoing/outgoing';
import type { Evidence } from '../domain/logging/verdict';
import type { GoneMessage } from '../domain/sync/gone';
import type { Fence, Location } from './records';

/** Messages that could not be read, or are held: visible, tried again, and blocking no other mail (P1). */
export interface QuarantineRecords {
  /** Newest first; of one folder, and at most `limit`, where these are given. */
  list(
    inboxDocumentId: string,
    which?: { folderPath?: string; limit?: number }
  ): Promise<QuarantinedMessage[]>;
  /** How many there are, by folder path. */
  countByFolder(inboxDocumentId: string): Promise<Map<string, number>>;
  /** Messages of the folder that are due at `at`, oldest first, at most `limit`. */
  listDue(
    inboxDocumentId: string,
    folderPath: string,
    at: Date,
    limit: number
  ): Promise<QuarantinedMessage[]>;
  /** Makes one message, or all of the inbox, due now. Resolves with their number. */
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
  /** What is left of a message that was gone before its body was read. */
  gone?: GoneMessage;
}

/** Messages about which a person is asked whether they belong to a thread. */
export interface SuggestionRecords {
  list(inboxDocumentId: string): Promise<Suggestion[]>;
  /** The person is not asked again. */
  dismiss(inboxDocumentId: string, location: Location): Promise<void>;
}

export interface Suggestion {
  location: Location;
  threadDocumentId: string;
  evidence: Evidence;
  /** ISO. */
  suggestedAt: string;
}

/** What a person asks of an inbox, done by the holder of its lease: one writer for each inbox. */
export interface RequestRecords {
  add(request: Omit<InboxRequest, 'requestId' | 'attempts'>): Promise<number>;
  /** The oldest open request, among those with the fewest attempts. */
  next(inboxDocumentId: string): Promise<InboxRequest | null>;
  /** Counts an attempt, before it is made; LEASE_LOST when the fence is stale. */
  begin(fence: Fence, requestId: number): Promise<void>;
  /** `code` '' for success, else why it could not be done. */
  finish(fence: Fence, requestId: number, outcome: RequestOutcome): Promise<void>;
  /** null while it is not done. */
  outcome(requestId: number): Promise<RequestOutcome | null>;
}

export interface InboxRequest {
  requestId: number;
  inboxDocumentId: string;
  /** documentId of the admin user. */
  askedBy: string;
  /** `log`: this message and the mail that answers it; into this thread when one is named. */
  kind: 'log';
  location: Location;
  threadDocumentId: string | null;
  /** The contact that the person chose for it; null: they chose none. */
  contact: LinkedContact | null;
  /** Attempts that were begun. */
  attempts: number;
}

export interface RequestOutcome {
  code: string;
  message: string;
  threadDocumentId: string | null;
}

export interface BackfillRecords {
  /** The newest backfill of the inbox; null when there never was one. */
  load(inboxDocumentId: string): Promise<Backfill | null>;
  /** Begins a new one in place of one that is over; false, and nothing is written, while one is running or paused. */
  begin(inboxDocumentId: string, backfill: Backfill): Promise<boolean>;
  /** A person's pause, cancel or resume. */
  setState(inboxDocumentId: string, state: Backfill['state'], at: Date): Promise<void>;
  /** Called after a chunk; LEASE_LOST when the fence is stale. A state that a person set meanwhile stays. */
  recordProgress(fence: Fence, backfill: Backfill): Promise<void>;
}

/** What people decide about threads and contacts. */
export interface ThreadUpkeep {
  setState(threadDocumentId: string, state: 'open' | 'muted'): Promise<void>;
  /**
   * Un-logs for good (S21): bodies, files and subject are deleted, tombstones keep its messages out, its ids stay
   * known so that later replies are recognised and not logged. The stored bytes of files are deleted by the next
   * sweeps.
   */
  unlog(threadDocumentId: string, at: Date): Promise<void>;
  /** Removes one of its messages for good. */
  removeMessage(messageDocumentId: string, at: Date): Promise<void>;
  /** Undoes `unlog` for mail that comes from now on. */
  relog(threadDocumentId: string): Promise<void>;
  pauseContact(contact: LinkedContact, paused: boolean, at: Date): Promise<void>;
  isPaused(contact: LinkedContact): Promise<boolean>;
}

/** Deletes rows that nobody needs any more, also what is left of rules that are gone. Ages in ms, by the database's clock. */
export interface Pruning {
  /** At most `atMost` of each kind; resolves with the number of deleted rows. */
  prune(ages: PruneAges, atMost: number): Promise<number>;
}

export interface PruneAges {
  /** Requests that are answered. */
  requests: number;
  /** Outbox entries with nothing left to do, including their recipients; the message itself stays. */
  outbox: number;
  audit: number;
}
