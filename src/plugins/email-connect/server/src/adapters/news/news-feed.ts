import type { Core } from '@strapi/strapi';
import type { News, NewsItem } from '../../../../shared/contracts/news';
import type { NewsFeed } from '../../ports';

/** A page that was away for longer than so many events hears of the latest only. */
const KEPT_ITEMS = 500;

interface KeptItem {
  sequence: number;
  item: NewsItem;
}

/**
 * News of this process: Strapi's event hub for code and webhooks, and a short memory for open admin pages.
 * A cursor is `<process>.<sequence>`, so that one from before a restart is known for what it is.
 */
export const createNewsFeed = (strapi: Core.Strapi, processId: string): NewsFeed => {
  const kept: KeptItem[] = [];
  const waiting = new Set<() => void>();
  let sequence = 0;

  const cursor = () => `${processId}.${sequence}`;

  const since = (after: string): NewsItem[] => {
    const [process, number] = after.split('.');
    if (process !== processId) return [];
    return kept.filter((entry) => entry.sequence > Number(number)).map(({ item }) => item);
  };

  const somethingNew = (waitMs: number): Promise<void> =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, waitMs);
      timer.unref();
      waiting.add(end);
    });

  return {
    announce: async (item) => {
      sequence += 1;
      kept.push({ sequence, item });
      if (kept.length > KEPT_ITEMS) kept.shift();
      waiting.forEach((wakeUp) => wakeUp());
      void emit(strapi, item);
    },
    after: async (after, waitMs): Promise<News> => {
      const known = after.startsWith(`${processId}.`);
      if (known && since(after).length === 0) await somethingNew(waitMs);
      return { cursor: cursor(), items: since(after) };
    },
  };
};

/** Not waited for: a listener that hangs would hold the loop that tells it something, and with it all mail of an inbox. */
const emit = async ({ eventHub, log }: Core.Strapi, item: NewsItem): Promise<void> => {
  try {
    await eventHub.emit(`email-connect.${item.kind}`, { ...item });
  } catch (error) {
    log.warn(`A listener of email-connect.${item.kind} failed: ${String(error)}`);
  }
};
