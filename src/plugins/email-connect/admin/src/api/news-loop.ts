import type { News, NewsItem } from '../../../shared/contracts/news';

/** What a subscriber is told. `mayHaveMissed`: some news are missing, so load everything anew. */
export interface NewsCall {
  items: NewsItem[];
  mayHaveMissed: boolean;
}

type Listener = (call: NewsCall) => void;

export interface NewsPorts {
  /** The long poll: resolves with what happened after the cursor; '' asks for the present cursor. */
  ask: (after: string, signal: AbortSignal) => Promise<News>;
  /** Milliseconds; goes on while the computer sleeps. */
  now: () => number;
  /** Resolves after the time, and at once when aborted; never rejects. */
  wait: (durationMs: number, signal: AbortSignal) => Promise<void>;
  /** Resolves as soon as the page is visible, and at once when aborted; never rejects. */
  whenVisible: (signal: AbortSignal) => Promise<void>;
  /** true: asking again is useless (logged out, not allowed). */
  isFinal: (error: unknown) => boolean;
}

const firstBackOffMs = 1_000;
const longestBackOffMs = 60_000;
/** Polls begin at least so long after one another: however much happens, twenty tabs cost twenty requests a second. */
const roundMs = 1_000;
/** The pause after each poll, however long it took. */
const pauseMs = 150;
/**
 * After a longer sleep the server may not know any more what the page missed, and would say so only with its answer.
 */
const asleepMs = 5 * 60_000;

/** How long to wait after the n-th failure in a row (n from 1). */
export const backOffMs = (failures: number): number =>
  Math.min(longestBackOffMs, firstBackOffMs * 2 ** (failures - 1));

/** One loop for all listeners: it starts with the first and stops with the last. */
export const createNewsLoop = (ports: NewsPorts) => {
  const listeners = new Set<Listener>();
  let running: AbortController | null = null;
  // Kept over a stop: between two pages there is no listener for a moment, and no news may be lost in it.
  let cursor = '';
  let answeredAt = ports.now();

  const tell = (call: NewsCall): void => {
    if (call.items.length === 0 && !call.mayHaveMissed) return;
    for (const listener of [...listeners]) listener(call);
  };

  const askOnce = async (failures: number, signal: AbortSignal): Promise<void> => {
    await ports.whenVisible(signal);
    const after = ports.now() - answeredAt > asleepMs ? '' : cursor;
    const news = await ports.ask(after, signal);
    if (signal.aborted) return;
    cursor = news.cursor;
    answeredAt = ports.now();
    tell({ items: news.items, mayHaveMissed: news.mayHaveMissed || after === '' || failures > 0 });
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      const began = ports.now();
      try {
        await askOnce(failures, signal);
        failures = 0;
        await ports.wait(Math.max(pauseMs, began + roundMs - ports.now()), signal);
      } catch (error) {
        if (signal.aborted || ports.isFinal(error)) return;
        failures += 1;
        await ports.wait(backOffMs(failures), signal);
      }
    }
  };

  const start = (): void => {
    const controller = new AbortController();
    running = controller;
    void run(controller.signal).finally(() => {
      if (running === controller) running = null;
    });
  };

  /** Calls the listener with all news from now on; the returned function ends that. */
  const subscribe = (listener: Listener): (() => void) => {
    listeners.add(listener);
    if (running === null) start();
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      running?.abort();
      running = null;
    };
  };

  return { subscribe };
};
