import type { ConnectQueue } from '../inbox';

/** This process, as the loops of its inboxes see it. */
export interface Worker {
  /** Unique among all processes on the database: only one at a time holds an inbox. */
  holder: string;
  connects: ConnectQueue;
  /** The loop is alive, and may be silent for so long. */
  onBeat(silentMs: number): void;
  /** The loop goes by this version of its inbox now. Aborts once it is heard, of any process, that there is a newer one. */
  outdated(version: number): AbortSignal;
}
