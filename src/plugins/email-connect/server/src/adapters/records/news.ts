import { newsItem } from '../../../../shared/contracts/news';
import type { NewsItem } from '../../../../shared/contracts/news';
import { KEPT_MS, MOST_ROWS } from '../../domain/news/known-news';
import type { NewsLook } from '../../domain/news/known-news';
import { asOurs } from './base/as-ours';
import { nowMs } from './base/instants';
import type { Strapi } from './base/strapi';
import { tables } from './base/names';

/** Longer than a page can be behind. */
const PRUNED_AFTER_MS = KEPT_MS + 60_000;
const PRUNED_AT_ONCE = 1_000;

/** A row of a left join: the right half may be null. */
interface LookRow {
  looked_at: number | string;
  newest: number | string | null;
  id: number | string | null;
  at: number | string;
  item: unknown;
}

/** The table that carries news between processes. Nothing here joins a transaction: news follow a commit. */
export const createNewsTable = (strapi: Strapi) => {
  const rows = () => strapi.db.getConnection(tables.news);
  const raw = (sql: string, bindings: number[] = []) => strapi.db.connection.raw(sql, bindings);
  const newest = () => rows().max('id');
  /** A subquery, so that PostgreSQL evaluates it once and not for each row. */
  const ago = (ms: number) => raw(`(select ${nowMs(strapi)}) - ?`, [ms]);

  return asOurs(strapi, {
    /** One statement. `from`: an instant of an earlier look; null: as far back as a page may be. */
    look: async (from: number | null): Promise<NewsLook<NewsItem>> => {
      const latest = rows()
        .where('at', '>', from ?? ago(KEPT_MS))
        .orderBy('at', 'desc')
        .limit(MOST_ROWS)
        .as('news');
      const found: LookRow[] = await strapi.db.connection
        .from(raw('(select 1 as here) as looked'))
        .leftJoin(latest, raw('1 = 1'))
        .select(
          raw(`${nowMs(strapi)} as looked_at`),
          newest().as('newest'),
          'news.id',
          'news.at',
          'news.item'
        );
      return {
        now: Number(found[0]?.looked_at),
        newest: Number(found[0]?.newest ?? 0),
        rows: found
          .filter(({ id }) => id !== null)
          .map(({ id, at, item }) => ({ id: Number(id), at: Number(at), item: itemOf(item) })),
      };
    },

    /** In this order. null: news were lost. */
    add: async (items: readonly (NewsItem | null)[]): Promise<void> => {
      await rows().insert(items.map((item) => ({ at: raw(nowMs(strapi)), item: JSON.stringify(item) })));
    },

    /**
     * Deletes rows that no page needs any more; true: there may be more of them. The newest row stays, however old:
     * by its id a cursor is known to be of this database.
     */
    prune: async (): Promise<boolean> => {
      const old: { id: number }[] = await rows()
        .where('at', '<', ago(PRUNED_AFTER_MS))
        .andWhere('id', '<', newest())
        .orderBy('id')
        .limit(PRUNED_AT_ONCE)
        .select('id');
      if (old.length > 0)
        await rows()
          .whereIn(
            'id',
            old.map(({ id }) => id)
          )
          .delete();
      return old.length === PRUNED_AT_ONCE;
    },
  });
};

/** Some drivers parse JSON, others do not; null also for an item of a later version. */
const itemOf = (stored: unknown): NewsItem | null => {
  try {
    const parsed: unknown = typeof stored === 'string' ? JSON.parse(stored) : stored;
    return newsItem.parse(parsed);
  } catch {
    return null;
  }
};
