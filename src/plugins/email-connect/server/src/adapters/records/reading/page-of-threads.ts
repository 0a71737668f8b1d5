import type { Strapi } from '../base/strapi';
import { rowsOf } from './visible-messages';
import type { Among, Instant, Selection } from './visible-messages';

/** The newest selected message of a thread. */
export interface Newest {
  message_id: number;
  thread_id: number;
}

interface GroupRow {
  thread_id: number;
  newest_at: Instant;
}

interface Page {
  start: number;
  limit: number;
}

export interface PageOfThreads {
  newest: Newest[];
  /** Of all threads. */
  total: number;
}

/** Rows for each thread among which its newest message is looked for first: most conversations are shorter. */
const ROWS_A_THREAD = 8;
/** Beyond so many threads, all messages are looked at as soon. */
const MOST_RECENT = 200;

/**
 * A page of the threads of these messages, by their newest one, and how many threads there are. Of the same instant, the
 * thread comes first that was begun last. `recently` tells a time since when so many of the messages were received: then
 * the first pages look at no message before it, however many there are.
 */
export const pageOfThreads = async (
  strapi: Strapi,
  selection: Selection,
  page: Page,
  recently: (count: number) => Promise<Instant | null> = async () => null
): Promise<PageOfThreads> => {
  const most = page.start + page.limit;
  const since = most > MOST_RECENT ? null : await recently(most * ROWS_A_THREAD);
  if (since !== null) {
    const recent = await groupsOf(strapi, selection, page, { since });
    if (recent.length === page.limit) {
      const [newest, total] = await Promise.all([
        newestOf(strapi, selection, recent),
        countThreads(strapi, selection),
      ]);
      return { newest, total };
    }
  }
  const groups = await groupsOf(strapi, selection, page);
  const total = groups[0]?.total ?? (page.start === 0 ? 0 : await countThreads(strapi, selection));
  return { newest: await newestOf(strapi, selection, groups), total: Number(total) };
};

/** `total`: of all groups there are among these. */
const groupsOf = (
  strapi: Strapi,
  selection: Selection,
  { start, limit }: Page,
  among: Among = {}
): Promise<(GroupRow & { total: number | string })[]> =>
  rowsOf(strapi, selection, among)
    .groupBy('thread_id')
    .select('thread_id')
    .max({ newest_at: 'received_at' })
    .select(strapi.db.connection.raw('count(*) over () as total'))
    .orderBy([
      { column: 'newest_at', order: 'desc' },
      { column: 'thread_id', order: 'desc' },
    ])
    .offset(start)
    .limit(limit);

/** The newest selected message of each of these threads, in no order; none for a thread without one. */
export const newestIn = async (
  strapi: Strapi,
  selection: Selection,
  threadIds: readonly number[]
): Promise<Newest[]> => {
  const groups: GroupRow[] = await rowsOf(strapi, selection, { threadIds })
    .groupBy('thread_id')
    .select('thread_id')
    .max({ newest_at: 'received_at' })
    .orderBy('newest_at', 'desc');
  return newestOf(strapi, selection, groups);
};

/** The newest selected message of each of these threads, in their order. None is read that is older than all of them. */
const newestOf = async (
  strapi: Strapi,
  selection: Selection,
  groups: readonly GroupRow[]
): Promise<Newest[]> => {
  const last = groups.at(-1);
  if (!last) return [];
  const threadIds = groups.map(({ thread_id: id }) => id);
  const ranked = rowsOf(strapi, selection, { threadIds, since: last.newest_at })
    .select('message_id', 'thread_id')
    .rowNumber('nth', (over) => {
      over.partitionBy('thread_id').orderBy([
        { column: 'received_at', order: 'desc' },
        { column: 'message_id', order: 'desc' },
      ]);
    });
  const rows: Newest[] = await strapi.db.connection
    .from(ranked.as('ranked'))
    .where({ nth: 1 })
    .select('message_id', 'thread_id');
  return rows.sort((a, b) => threadIds.indexOf(a.thread_id) - threadIds.indexOf(b.thread_id));
};

const countThreads = async (strapi: Strapi, selection: Selection): Promise<number> => {
  const [row]: { total: number | string }[] = await rowsOf(strapi, selection).countDistinct({
    total: 'thread_id',
  });
  return Number(row?.total ?? 0);
};
