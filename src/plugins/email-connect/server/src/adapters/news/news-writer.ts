import type { NewsItem } from '../../../../shared/contracts/news';
import type { Clock, Logger } from '../../ports';
import { within } from './within';

const AT_ONCE = 100;
const MOST_WAITING = 1_000;
const RETRY_MS = 1_000;

export interface NewsWriter {
  /** Returns at once. */
  add(item: NewsItem): void;
  /** Resolves when all is written, or after `ms`; then nothing more is written. */
  drain(ms: number): Promise<void>;
}

/**
 * Writes news without making the announcer wait: news that come during a write are written with the next one, and
 * while the database fails they wait. When more than a thousand wait, only the fact that news were lost is written.
 */
export const createNewsWriter = (
  write: (items: readonly (NewsItem | null)[]) => Promise<void>,
  onWritten: () => void,
  { clock, logger }: { clock: Pick<Clock, 'sleep'>; logger: Pick<Logger, 'warn'> }
): NewsWriter => {
  let waiting: (NewsItem | null)[] = [];
  let running: Promise<void> | null = null;
  let failures = 0;
  const ending = new AbortController();

  const keep = (items: (NewsItem | null)[]): void => {
    waiting = items.length > MOST_WAITING ? [null] : items;
  };

  const writeNext = async (): Promise<void> => {
    const batch = waiting.splice(0, AT_ONCE);
    try {
      await write(batch);
      failures = 0;
      onWritten();
    } catch (error) {
      keep([...batch, ...waiting]);
      failures += 1;
      if (failures === 1)
        logger.warn(`News could not be written, open pages hear of them later: ${String(error)}`);
      await clock.sleep(RETRY_MS, ending.signal);
    }
  };

  const run = async (): Promise<void> => {
    while (waiting.length > 0 && !ending.signal.aborted) await writeNext();
    running = null;
  };

  return {
    add: (item) => {
      keep([...waiting, item]);
      running ??= run();
    },
    drain: async (ms) => {
      if (running) await within(clock, ms, running);
      ending.abort();
    },
  };
};
