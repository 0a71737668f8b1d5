import type { News, NewsItem } from '../../../shared/contracts/news';

export interface Clock {
  now(): Date;
  /** Goes on steadily when somebody sets the system clock; only differences have a meaning. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  bytes(length: number): Uint8Array;
}

/** Work that outlives the request which began it. */
export interface Background {
  /**
   * Resolves or rejects as `work`, whose signal aborts when the process is told to end; the process then waits for
   * `work`.
   */
  run<Result>(work: (stop: AbortSignal) => Promise<Result>): Promise<Result>;
}

export interface NewsFeed {
  /**
   * After a commit: lean events for code and webhooks, and a live update of the open admin pages of all processes.
   * Ids only, never a body (S31). Never rejects, and waits neither for a listener nor for the database: a listener
   * must neither delay nor undo what is recorded.
   */
  announce(item: NewsItem): Promise<void>;
  /**
   * News after `cursor`, as soon as there are any, or none after `waitMs`. A cursor without a meaning here (of
   * another database, or too old) waits as well. Rejects while the database fails.
   */
  after(cursor: string, waitMs: number): Promise<News>;
}

/** Wakes the loop of an inbox from anywhere; several calls count as one. */
export interface Wakeups {
  /** `asked`: by a person who wants everything read anew, the list of folders too. */
  wake(inboxDocumentId: string, by?: 'news' | 'asked'): void;
  /** Resolves when woken, after `timeoutMs`, or when `signal` aborts. */
  wait(inboxDocumentId: string, timeoutMs: number, signal: AbortSignal): Promise<Wakeup>;
}

export type Wakeup = 'woken' | 'asked' | 'timeout' | 'aborted';

/** Limits and intervals of this installation. */
export interface EngineSettings {
  attachmentLimitBytes: number;
  textLimitBytes: number;
  /** The largest mail that is composed, files included. */
  outgoingLimitBytes: number;
  /** The interval of passes that do not depend on IDLE. */
  passIntervalMs: number;
  /** Addresses and domains that are "us" besides the inboxes' own addresses (P8). */
  teamAddresses: readonly string[];
  teamDomains: readonly string[];
  /** How many bytes a backfill may read of an inbox in a day. */
  backfillDailyBytes: number;
}

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
