import { isMissing, withoutIds } from './cursor';
import type { NewsCursor } from './cursor';

/**
 * A row of the news table. `item` is null where news were lost, or where a newer version wrote a kind that this
 * version does not know.
 */
export interface NewsRow<Item> {
  id: number;
  /** Milliseconds by the database's clock, as are all instants here. */
  at: number;
  item: Item | null;
}

/** What one read of the news table saw. */
export interface NewsLook<Item> {
  now: number;
  /** The highest id in the table; 0: the table is empty. */
  newest: number;
  /** The latest rows after the instant that was asked for, at most `MOST_ROWS`. */
  rows: readonly NewsRow<Item>[];
}

/** What a process knows of the news table. */
export interface KnownNews<Item> {
  lookedAt: number;
  newest: number;
  /** This process has seen every row after this instant that was visible so far. */
  knownSince: number;
  /** In the order of their ids. */
  rows: readonly NewsRow<Item>[];
}

/**
 * No row becomes visible later than so long after its instant: an insert is one statement, committed by itself, and one that
 * takes longer than 45 s is given up by whoever writes it, and written again.
 */
export const OVERLAP_MS = 50_000;
/** For so long a page may be away and still hear all. */
export const KEPT_MS = 10 * 60_000;
/** A process keeps no more rows than this, and reads no more at once. */
export const MOST_ROWS = 2_000;

/**
 * The instant from which the next read starts. A row that the last read did not see became visible after it, so it is
 * younger than that read minus the overlap, whatever its id.
 */
export const lookFrom = ({ lookedAt }: KnownNews<unknown>): number => lookedAt - OVERLAP_MS;

/** What is known after a further read; `known` is null before the first read, which starts `KEPT_MS` ago. */
export const takeIn = <Item>(
  known: KnownNews<Item> | null,
  { now, newest, rows }: NewsLook<Item>
): KnownNews<Item> => {
  const byId = new Map([...(known?.rows ?? []), ...rows].map((row) => [row.id, row]));
  const since = Math.max(
    known?.knownSince ?? -Infinity,
    now - KEPT_MS,
    rows.length < MOST_ROWS ? -Infinity : Math.min(...rows.map(({ at }) => at))
  );
  const kept = [...byId.values()].filter(({ at }) => at > since).sort((one, other) => other.at - one.at);
  const knownSince = Math.max(since, kept[MOST_ROWS]?.at ?? -Infinity);
  return {
    lookedAt: now,
    newest,
    knownSince,
    rows: kept.slice(0, MOST_ROWS).sort((one, other) => one.id - other.id),
  };
};

/** The cursor of a page that was just told to load everything: all news announced before were recorded before. */
export const cursorOf = ({ lookedAt, newest }: KnownNews<unknown>): NewsCursor => ({
  lookedAt,
  newest,
  missing: [],
});

/**
 * The news that a page with this cursor has not heard; null when nobody can tell: the page was away for too long, or
 * its cursor is from another database.
 */
export const newsSince = <Item>(
  known: KnownNews<Item>,
  cursor: NewsCursor
): readonly NewsRow<Item>[] | null => {
  const canTell =
    cursor.missing !== null &&
    cursor.lookedAt <= known.lookedAt &&
    cursor.lookedAt - OVERLAP_MS >= known.knownSince &&
    cursor.newest <= known.newest;
  return canTell ? known.rows.filter(({ id }) => id > cursor.newest || isMissing(cursor, id)) : null;
};

/** The cursor of a page that has now heard all of `newsSince`. */
export const cursorAfter = (known: KnownNews<unknown>, cursor: NewsCursor): NewsCursor => ({
  lookedAt: known.lookedAt,
  newest: known.newest,
  missing: withoutIds(
    [...(cursor.missing ?? []), [cursor.newest + 1, known.newest]],
    settledId(known),
    known.rows.map(({ id }) => id)
  ),
});

/** The highest id below which no row can appear any more: ids are given out nearly in the order of time. */
const settledId = ({ lookedAt, newest, rows }: KnownNews<unknown>): number => {
  const isSettled = ({ at }: { at: number }) => at <= lookedAt - OVERLAP_MS;
  return rows.every(isSettled) ? newest : Math.max(0, ...rows.filter(isSettled).map(({ id }) => id));
};
