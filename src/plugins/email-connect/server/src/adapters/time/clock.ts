import type { Clock } from '../../ports';

/** The machine's own clocks, in ms. */
export interface OwnClocks {
  wallMs(): number;
  monotonicMs(): number;
}

const own: OwnClocks = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

/** An answer that took longer is too imprecise about the time. */
const PROMPT_MS = 2_000;

/**
 * A clock that all processes share: it follows the time that `askMs` returns (the database's), and between two calls
 * of `sync` this machine's steady clock, which nobody sets. Before the first successful `sync` it is this machine's
 * own clock.
 */
export const createClock = (
  askMs: () => Promise<number>,
  clocks: OwnClocks = own
): Clock & { sync(): Promise<void> } => {
  let aheadMs: number | null = null;
  return {
    now: () => new Date(Math.round(aheadMs === null ? clocks.wallMs() : clocks.monotonicMs() + aheadMs)),
    monotonicMs: () => clocks.monotonicMs(),
    sync: async () => {
      const asked = clocks.monotonicMs();
      const sharedMs = await askMs();
      const answered = clocks.monotonicMs();
      if (aheadMs === null || answered - asked <= PROMPT_MS) aheadMs = sharedMs - (asked + answered) / 2;
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        signal?.addEventListener('abort', wake);
      }),
  };
};
