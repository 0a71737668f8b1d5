import type { Ports } from '../../ports';

/**
 * The result of `work`, or null after `patienceMs`: then `work` goes on, and the caller has to hear of its end
 * itself.
 */
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
