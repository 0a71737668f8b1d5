import type { Query, Strapi } from '../base/strapi';
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
  /** Messages since then were looked at before all others. Null where the database could not tell of such a time. */
  since: Instant | null;
  /** How many threads there are: to be asked while the page is read further. */
  total(): Promise<number>;
}

/** Rows for each thread among which its newest message is looked for first: most conversations are shorter. */
const ROWS_A_THREAD = 8;
/** Beyond so many threads, all messages are looked at as soon. */
const MOST_RECENT = 200;

/**
 * A page of the threads of these messages, by their newest one. Of the same instant, the thread comes first that was begun
 * last. `recently` tells a time since when so many of the messages were received: then the first pages look at no message
 * before it, however many there are.
 */
export const pageOfThreads = async (
  strapi: Strapi,
  selection: Selection,
  page: Page,
  recently: (count: number) => Promise<Instant | null> = async () => null
): Promise<PageOfThreads> => {
  const most = page.start + page.limit;
  const since = most < 1 || most > MOST_RECENT ? null : await recently(most * ROWS_A_THREAD);
  if (since !== null) {
    const newest = await recentPage(strapi, selection, page, since);
    if (newest.length === page.limit) return { newest, since, total: () => countThreads(strapi, selection) };
  }
  return { ...(await wholePage(strapi, selection, page)), since };
};

const recentPage = async (
  strapi: Strapi,
  selection: Selection,
  { start, limit }: Page,
  since: Instant
): Promise<Newest[]> =>
  newestOfEach(strapi, selection, { since })
    .orderBy([
      { column: 'received_at', order: 'desc' },
      { column: 'thread_id', order: 'desc' },
    ])
    .offset(start)
    .limit(limit);

const wholePage = async (
  strapi: Strapi,
  selection: Selection,
  { start, limit }: Page
): Promise<Omit<PageOfThreads, 'since'>> => {
  const groups: (GroupRow & { total: number | string })[] = await rowsOf(strapi, selection)
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
  const [first] = groups;
  return {
    newest: await newestOf(strapi, selection, groups),
    total: async () => (first ? Number(first.total) : countThreads(strapi, selection)),
  };
};

/**
 * The newest selected message of each of these threads, in no order; none for a thread without one. It is looked for among
 * the messages since a time first, if one is given.
 */
export const newestIn = async (
  strapi: Strapi,
  selection: Selection,
  threadIds: readonly number[],
  since: Instant | null = null
): Promise<Newest[]> => {
  const recent: Newest[] = since === null ? [] : await newestOfEach(strapi, selection, { threadIds, since });
  const found = new Set(recent.map(({ thread_id: id }) => id));
  const others = threadIds.filter((id) => !found.has(id));
  if (others.length === 0) return recent;
  const groups: GroupRow[] = await rowsOf(strapi, selection, { threadIds: others })
    .groupBy('thread_id')
    .select('thread_id')
    .max({ newest_at: 'received_at' })
    .orderBy('newest_at', 'desc');
  return [...recent, ...(await newestOf(strapi, selection, groups))];
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
  const rows: Newest[] = await newestOfEach(strapi, selection, { threadIds, since: last.newest_at });
  return rows.sort((a, b) => threadIds.indexOf(a.thread_id) - threadIds.indexOf(b.thread_id));
};

/** `Newest` of each thread that has one among these. */
const newestOfEach = (strapi: Strapi, selection: Selection, among: Among): Query => {
  const ranked = rowsOf(strapi, selection, among)
    .select('message_id', 'thread_id', 'received_at')
    .rowNumber('nth', (over) => {
      over.partitionBy('thread_id').orderBy([
        { column: 'received_at', order: 'desc' },
        { column: 'message_id', order: 'desc' },
      ]);
    });
  return strapi.db.connection.from(ranked.as('ranked')).where({ nth: 1 }).select('message_id', 'thread_id');
};

const countThreads = async (strapi: Strapi, selection: Selection): Promise<number> => {
  const [row]: { total: number | string }[] = await rowsOf(strapi, selection).countDistinct({
    total: 'thread_id',
  });
  return Number(row?.total ?? 0);
};
