import type { ConnectQueue } from '../inbox';

/** This process, as the loops of its inboxes see it. */
export interface Worker {
  /** Unique among all processes on the database: only one holder at a time has an inbox. */
  holder: string;
  connects: ConnectQueue;
  /** The loop is alive, and may be silent for `silentMs`. */
  onBeat(silentMs: number): void;
  /**
   * The loop now works with this version of its inbox. The signal aborts once a newer version, made by any process,
   * is heard of.
   */
  outdated(version: number): AbortSignal;
}
