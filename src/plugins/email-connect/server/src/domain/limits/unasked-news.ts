/** At once: a person who deletes a folder's mail in another program makes one line of each. */
const BURST = 20_000;
/** Then, and for as long as it takes: some hundredths of a processor. */
const PER_SECOND = 500;
/** How much of a line counts as one more. */
const BYTES = 256;
/** Waits of a line each would be more timers than lines. */
const SHORTEST_WAIT_MS = 100;
/** A server that let up for so long that this is free again has ended its flood. */
const LET_UP = BURST / 4;

/** What a server may still say unasked; below 0 it has said more than that. */
export interface Allowance {
  left: number;
  /** When this was so, in ms of a clock that never goes back. */
  at: number;
  /** Since when it has said more than it may, without letting up; null: it has not. */
  overSince: number | null;
}

export const wholeAllowance = (now: number): Allowance => ({ left: BURST, at: now, overSince: null });

/**
 * What is left after a line of so many bytes, and how long to wait, in ms, before the next one is read: a server that
 * is not read from has to wait itself (TCP). So it takes no processor, however much it sends (S47).
 */
export const afterLine = (
  { left, at, overSince }: Allowance,
  bytes: number,
  now: number
): { allowance: Allowance; waitMs: number } => {
  const regained = Math.min(BURST, left + ((now - at) / 1000) * PER_SECOND);
  const remaining = regained - 1 - bytes / BYTES;
  const since = regained >= LET_UP ? null : overSince;
  if (remaining >= 0) return { allowance: { left: remaining, at: now, overSince: since }, waitMs: 0 };
  const waitMs = Math.max(SHORTEST_WAIT_MS, (-remaining / PER_SECOND) * 1000);
  return { allowance: { left: remaining, at: now, overSince: since ?? now }, waitMs };
};

/** Whether it has gone on for so long, or would have to be waited for so long, that nobody listens any more. */
export const isFlood = (
  { allowance: { overSince, at }, waitMs }: ReturnType<typeof afterLine>,
  patienceMs: number
): boolean => overSince !== null && at - overSince + waitMs > patienceMs;
