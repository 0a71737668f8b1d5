import type { News, NewsItem } from '../../../../shared/contracts/news';
import { formatCursor, parseCursor } from '../../domain/news/cursor';
import type { NewsCursor } from '../../domain/news/cursor';
import { cursorAfter, cursorOf, newsSince } from '../../domain/news/known-news';
import type { NewsRow } from '../../domain/news/known-news';
import type { Clock } from '../../ports';
import type { Known, Looker } from './looker';

/** How often the table is read while pages are open, and how soon after this process wrote into it. */
const LOOK_EVERY_MS = 1_000;
const OWN_NEWS_MS = 100;

/** A page that waits for news. true: it was told something. */
type Page = (known: Known) => boolean;

export interface NewsPages {
  /** See `NewsFeed.after`. */
  after(cursor: string, waitMs: number): Promise<News>;
  /** This process has written news. */
  wake(): void;
  /** The table is not read any more. Waiting pages stay until the server ends. */
  stop(): void;
}

/**
 * The open pages of this process: one look at the table serves all of them, and there is none while no page is open.
 */
export const createNewsPages = (looker: Looker, clock: Pick<Clock, 'sleep'>): NewsPages => {
  const pages = new Set<Page>();
  let isWatching = false;
  let isStopped = false;

  const lookOnce = async (gapMs: number): Promise<void> => {
    try {
      const known = await looker.look(gapMs);
      for (const tell of pages) if (tell(known)) pages.delete(tell);
    } catch {
      // The database fails. Its news will still be news when it works again.
    }
  };

  const watch = async (): Promise<void> => {
    if (isWatching) return;
    isWatching = true;
    while (pages.size > 0 && !isStopped) await lookOnce(LOOK_EVERY_MS);
    isWatching = false;
  };

  const waitFrom = async (known: Known, cursor: NewsCursor, waitMs: number): Promise<News> => {
    const over = new AbortController();
    let answer = answerOf(known, cursor, []);
    const tell: Page = (seen) => {
      const rows = newsSince(seen, cursor);
      answer = answerOf(seen, cursor, rows);
      const isNews = rows === null || rows.length > 0;
      if (isNews) over.abort();
      return isNews;
    };
    pages.add(tell);
    void watch();
    await clock.sleep(waitMs, over.signal);
    pages.delete(tell);
    return answer;
  };

  /** Not older than the look that gave the page its last answer, in whichever process. */
  const knownFor = (asked: NewsCursor | null): Known | Promise<Known> => {
    const recent = looker.known(LOOK_EVERY_MS);
    return recent && recent.lookedAt >= (asked?.lookedAt ?? 0) ? recent : looker.look(LOOK_EVERY_MS);
  };

  return {
    after: async (written, waitMs) => {
      const asked = parseCursor(written);
      const known = await knownFor(asked);
      if (written === '') return answerOf(known, cursorOf(known), []);
      const rows = asked && newsSince(known, asked);
      if (asked && rows) {
        return rows.length > 0 ? answerOf(known, asked, rows) : waitFrom(known, asked, waitMs);
      }
      // The page waits like any other: if it were answered at once, a cursor that no process can read would come back
      // at once.
      return { ...(await waitFrom(known, cursorOf(known), waitMs)), mayHaveMissed: true };
    },
    wake: () => {
      if (pages.size > 0 && !isStopped) void lookOnce(OWN_NEWS_MS);
    },
    stop: () => {
      isStopped = true;
    },
  };
};

/** `rows`: the news that the page has not heard; null when nobody can tell. */
const answerOf = (known: Known, cursor: NewsCursor, rows: readonly NewsRow<NewsItem>[] | null): News => ({
  cursor: formatCursor(rows === null ? cursorOf(known) : cursorAfter(known, cursor)),
  items: (rows ?? []).map(({ item }) => item).filter((item): item is NewsItem => item !== null),
  mayHaveMissed: rows === null || rows.some(({ item }) => item === null),
});
