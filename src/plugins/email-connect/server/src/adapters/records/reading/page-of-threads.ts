import type { Strapi } from '../base/strapi';
import { rowsOf } from './visible-messages';
import type { Selection } from './visible-messages';

/** The newest selected message of a thread. */
export interface Newest {
  message_id: number;
  thread_id: number;
}

interface GroupRow {
  thread_id: number;
  /** As the database's driver tells times. */
  newest_at: Date | number | string;
}

/**
 * A page of the threads of these messages, by their newest one, and how many threads there are. Of the same instant, the
 * thread comes first whose last message was recorded last.
 */
export const pageOfThreads = async (
  strapi: Strapi,
  selection: Selection,
  { start, limit }: { start: number; limit: number }
): Promise<{ newest: Newest[]; total: number }> => {
  const { connection } = strapi.db;
  const groups: (GroupRow & { total: number | string })[] = await rowsOf(strapi, selection)
    .groupBy('thread_id')
    .select('thread_id')
    .max({ newest_at: 'received_at', last_id: 'message_id' })
    .select(connection.raw('count(*) over () as total'))
    .orderBy([
      { column: 'newest_at', order: 'desc' },
      { column: 'last_id', order: 'desc' },
    ])
    .offset(start)
    .limit(limit);
  const total = groups[0]?.total ?? (start === 0 ? 0 : await countThreads(strapi, selection));
  return { newest: await newestOf(strapi, selection, groups), total: Number(total) };
};

/** The newest selected message of each of these threads, in no order; none for a thread without one. */
export const newestIn = async (
  strapi: Strapi,
  selection: Selection,
  threadIds: readonly number[]
): Promise<Newest[]> => {
  const groups: GroupRow[] = await rowsOf(strapi, selection, threadIds)
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
  const ranked = rowsOf(strapi, selection, threadIds)
    .where('received_at', '>=', last.newest_at)
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

/** For a page after the last one, which has no row that tells it. */
const countThreads = async (strapi: Strapi, selection: Selection): Promise<number | string> => {
  const [row]: { total: number | string }[] = await rowsOf(strapi, selection).countDistinct({
    total: 'thread_id',
  });
  return row?.total ?? 0;
};
