import type { NewsItem } from '../../../../shared/contracts/news';
import type { NewsLook } from '../../domain/news/known-news';
import type { Clock, Logger, NewsFeed } from '../../ports';
import { createEventQueue } from './event-queue';
import { createLooker } from './looker';
import { createNewsPages } from './news-pages';
import { createNewsWriter } from './news-writer';

const PRUNE_EVERY_MS = 60_000;
/** How long a stop waits for news that are still to be told. */
const DRAIN_MS = 5_000;

/** The table that all processes share. */
export interface NewsTable {
  /** `from`: an instant of an earlier look; null: as far back as a page may be. */
  look(from: number | null): Promise<NewsLook<NewsItem>>;
  /** null: news were lost. */
  add(items: readonly (NewsItem | null)[]): Promise<void>;
  /** Deletes some rows that nobody needs any more; true: there are more of them. */
  prune(): Promise<boolean>;
}

export interface NewsSources {
  table: NewsTable;
  /** Calls the listeners within this process: code and webhooks. */
  emit(item: NewsItem): Promise<void>;
  clock: Clock;
  logger: Logger;
}

/** Events for the listeners of this process; a row in the news table for the open pages of every process. */
export const createNewsFeed = (sources: NewsSources): NewsFeed & { stop(): Promise<void> } => {
  const { table, clock, logger } = sources;
  const tidy = createTidy(sources);
  const look = async (from: number | null): Promise<NewsLook<NewsItem>> => {
    const seen = await table.look(from);
    void tidy();
    return seen;
  };
  const events = createEventQueue((item) => sources.emit(item), { clock, logger });
  const pages = createNewsPages(createLooker(look, clock), clock);
  const onWritten = (): void => {
    pages.wake();
    void tidy();
  };
  const writer = createNewsWriter((items) => table.add(items), onWritten, { clock, logger });

  return {
    announce: async (item) => {
      events.add(item);
      writer.add(item);
    },
    after: pages.after,
    stop: async () => {
      pages.stop();
      await Promise.all([events.drain(DRAIN_MS), writer.drain(DRAIN_MS)]);
    },
  };
};

/**
 * Each write or look prunes, at most once a minute; sooner only while there are more rows than one statement deletes.
 */
const createTidy = ({ table, clock, logger }: NewsSources) => {
  let dueAt = clock.monotonicMs() + PRUNE_EVERY_MS;
  return async (): Promise<void> => {
    if (clock.monotonicMs() < dueAt) return;
    dueAt = clock.monotonicMs() + PRUNE_EVERY_MS;
    try {
      if (await table.prune()) dueAt = clock.monotonicMs();
    } catch (error) {
      logger.debug(`Old news could not be pruned yet: ${String(error)}`);
    }
  };
};
