/** Ids from the first to the last, both included. */
export type IdRange = readonly [first: number, last: number];

/** How far a page has read the news. Every process reads a cursor alike. */
export interface NewsCursor {
  /** When the table was read for the page's last answer: milliseconds by the database's clock. */
  lookedAt: number;
  /** The highest id in the table at that time. */
  newest: number;
  /** Ids below it that may still appear, since rows become visible out of order; null: too many to keep. */
  missing: readonly IdRange[] | null;
}

/** With more ranges, the page is told to load everything anew. */
const MOST_RANGES = 40;

const FORM = /^([0-9a-z]{1,10})\.([0-9a-z]{1,10})\.(\*|[0-9a-z]{1,10}(?:[-_][0-9a-z]{1,10}){0,80})?$/;

export const formatCursor = ({ lookedAt, newest, missing }: NewsCursor): string =>
  `${text(lookedAt)}.${text(newest)}.${missing?.map(rangeText).join('_') ?? '*'}`;

/** null for text that is no cursor of ours. */
export const parseCursor = (written: string): NewsCursor | null => {
  const [, lookedAt, newest, missing = ''] = FORM.exec(written) ?? [];
  if (lookedAt === undefined || newest === undefined) return null;
  return {
    lookedAt: number(lookedAt),
    newest: number(newest),
    missing: missing === '*' ? null : missing === '' ? [] : missing.split('_').map(parseRange),
  };
};

export const isMissing = ({ missing }: NewsCursor, id: number): boolean =>
  (missing ?? []).some(([first, last]) => first <= id && id <= last);

/**
 * The ranges without the ids at or below `settled`, and without `ids`, which ascend. null when too many ranges are
 * left.
 */
export const withoutIds = (
  ranges: readonly IdRange[],
  settled: number,
  ids: readonly number[]
): readonly IdRange[] | null => {
  const left = ranges.flatMap(([from, to]) => {
    const pieces: IdRange[] = [];
    let first = Math.max(from, settled + 1);
    for (const id of ids.filter((each) => first <= each && each <= to)) {
      if (first < id) pieces.push([first, id - 1]);
      first = id + 1;
    }
    if (first <= to) pieces.push([first, to]);
    return pieces;
  });
  return left.length > MOST_RANGES ? null : left;
};

const text = (value: number): string => value.toString(36);
const number = (written: string): number => parseInt(written, 36);

const rangeText = ([first, last]: IdRange): string =>
  first === last ? text(first) : `${text(first)}-${text(last)}`;

const parseRange = (written: string): IdRange => {
  const [first = '', last = first] = written.split('-');
  return [number(first), number(last)];
};
