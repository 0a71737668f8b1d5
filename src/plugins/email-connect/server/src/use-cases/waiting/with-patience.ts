import type { Ports } from '../../ports';

/** What `work` resolves with, or null after `patienceMs`: it goes on then, and whoever began it hears of its end. */
export const withPatience = async <Result>(
  clock: Ports['clock'],
  patienceMs: number,
  work: Promise<Result>
): Promise<Result | null> => {
  const answered = new AbortController();
  try {
    return await Promise.race([work, clock.sleep(patienceMs, answered.signal).then(() => null)]);
  } finally {
    answered.abort();
    work.catch(() => undefined);
  }
};
