import type { News, NewsItem } from '../../../shared/contracts/news';

export interface Clock {
  now(): Date;
  /** Counts on, whoever sets the clock; only differences mean something. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  bytes(length: number): Uint8Array;
}

/** Work that outlives the request which began it. */
export interface Background {
  /** Resolves or rejects as `work`, whose signal aborts when the process is told to end: it is waited for then. */
  run<Result>(work: (stop: AbortSignal) => Promise<Result>): Promise<Result>;
}

export interface NewsFeed {
  /**
   * After a commit: lean events for code and webhooks, and a live update of the open admin pages of all processes.
   * Ids only, never a body (S31). Never rejects, and waits neither for a listener nor for the database: what is recorded
   * must not be held up or undone by who hears of it.
   */
  announce(item: NewsItem): Promise<void>;
  /**
   * What came after `cursor`, as soon as there is something, or nothing after `waitMs`. A cursor that says nothing here
   * (of another database, or of too long ago) waits as well. Rejects while the database is away.
   */
  after(cursor: string, waitMs: number): Promise<News>;
}

/** Wakes the loop of an inbox from anywhere; many asks become one. */
export interface Wakeups {
  /** `asked`: by a person who wants everything looked at anew, the list of folders too. */
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
  /** The pass that comes whatever IDLE says. */
  passIntervalMs: number;
  /** Addresses and domains that are "us" besides the inboxes' own (P8). */
  teamAddresses: readonly string[];
  teamDomains: readonly string[];
  /** What a backfill may read of an inbox in a day. */
  backfillDailyBytes: number;
}

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
