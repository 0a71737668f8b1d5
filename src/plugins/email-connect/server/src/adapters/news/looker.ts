import type { NewsItem } from '../../../../shared/contracts/news';
import { lookFrom, takeIn } from '../../domain/news/known-news';
import type { KnownNews, NewsLook } from '../../domain/news/known-news';
import type { Clock } from '../../ports';

export type Known = KnownNews<NewsItem>;

export interface Looker {
  /** The result of the last look, if it began less than `ageMs` ago and did not fail. */
  known(ageMs: number): Known | null;
  /**
   * The result of a look that begins after this call, and at least `gapMs` after the one before began. Callers
   * meanwhile share it. Rejects when the look fails.
   */
  look(gapMs: number): Promise<Known>;
}

interface Asker {
  resolve(known: Known): void;
  reject(error: unknown): void;
}

/** Reads the news table for all pages of this process together, one look at a time. */
export const createLooker = (
  read: (from: number | null) => Promise<NewsLook<NewsItem>>,
  clock: Pick<Clock, 'monotonicMs'>
): Looker => {
  let known: Known | null = null;
  let knownFrom = -Infinity;
  let began = -Infinity;
  let isLooking = false;
  let askers: Asker[] = [];
  let dueAt = Infinity;
  let timer: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    const asked = askers;
    askers = [];
    dueAt = Infinity;
    isLooking = true;
    began = clock.monotonicMs();
    try {
      const seen = takeIn(known, await read(known && lookFrom(known)));
      known = seen;
      knownFrom = began;
      asked.forEach(({ resolve }) => resolve(seen));
    } catch (error) {
      asked.forEach(({ reject }) => reject(error));
    }
    isLooking = false;
    if (askers.length > 0) plan();
  };

  const plan = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), Math.max(0, dueAt - clock.monotonicMs()));
  };

  return {
    known: (ageMs) => (clock.monotonicMs() - knownFrom < ageMs ? known : null),
    look: (gapMs) =>
      new Promise((resolve, reject) => {
        askers.push({ resolve, reject });
        dueAt = Math.min(dueAt, began + gapMs);
        if (!isLooking) plan();
      }),
  };
};
