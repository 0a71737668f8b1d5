import type { Clock } from '../../ports';

/** What a machine's own clocks say, in ms. */
export interface OwnClocks {
  wallMs(): number;
  monotonicMs(): number;
}

const own: OwnClocks = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };

/** An answer that was longer under way says too little of when it was given. */
const PROMPT_MS = 2_000;

/**
 * A clock that all processes share: it goes by what `askMs` says (the time of the database), and from one `sync` to the next
 * by this machine's steady clock, which nobody sets. Before the first `sync` that succeeded it is this machine's own.
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
