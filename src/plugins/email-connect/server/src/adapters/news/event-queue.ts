import { AsyncResource } from 'node:async_hooks';
import type { NewsItem } from '../../../../shared/contracts/news';
import type { Clock, Logger } from '../../ports';
import { within } from './within';

/** How long the next event waits for the listeners of the one before. */
const PATIENCE_MS = 30_000;
const MOST_WAITING = 1_000;

export interface EventQueue {
  /** Returns at once. */
  add(item: NewsItem): void;
  /** Resolves when every listener was called, or after `ms`. */
  drain(ms: number): Promise<void>;
}

/**
 * Emits events one after another, in their order, without making the announcer wait: a listener that is slow, hangs
 * or fails delays no mail (S47). When a thousand events wait, further ones are dropped.
 */
export const createEventQueue = (
  emit: (item: NewsItem) => Promise<void>,
  { clock, logger }: { clock: Pick<Clock, 'sleep'>; logger: Pick<Logger, 'warn'> }
): EventQueue => {
  const waiting: NewsItem[] = [];
  // Outside any request or transaction of the announcer: it is over when a listener is called.
  const outside = new AsyncResource('email-connect-events');
  let running: Promise<void> | null = null;
  let dropped = 0;
  let patience = new AbortController();
  let isEnded = false;

  const tell = async (item: NewsItem): Promise<void> => {
    const name = `email-connect.${item.kind}`;
    const seconds = PATIENCE_MS / 1000;
    patience = new AbortController();
    try {
      const end = await within(clock, PATIENCE_MS, emit(item), patience);
      if (end === 'late' && !isEnded) {
        logger.warn(`A listener of ${name} takes longer than ${seconds} s; later events go on without it.`);
      }
    } catch (error) {
      logger.warn(`A listener of ${name} failed: ${String(error)}`);
    }
  };

  const run = async (): Promise<void> => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      if (dropped > 0) logger.warn(`${dropped} events were dropped: their listeners were too slow.`);
      dropped = 0;
      await tell(item);
    }
    running = null;
  };

  return {
    add: (item) => {
      if (waiting.length < MOST_WAITING) {
        waiting.push(item);
        running ??= outside.runInAsyncScope(run);
        return;
      }
      dropped += 1;
      if (dropped === 1)
        logger.warn(`${MOST_WAITING} events wait for slow listeners; further ones are dropped.`);
    },
    drain: async (ms) => {
      if (!running || (await within(clock, ms, running)) !== 'late') return;
      logger.warn(`Stopping: ${waiting.length} events were not told, their listeners were too slow.`);
      waiting.length = 0;
      isEnded = true;
      patience.abort();
    },
  };
};
