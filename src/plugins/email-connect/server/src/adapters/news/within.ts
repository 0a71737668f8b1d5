import type { Clock } from '../../ports';

/**
 * Resolves with 'late' when `work` takes longer than `ms`, or when `over` aborts; `work` then goes on by itself.
 * Rejects if `work` fails before that.
 */
export const within = async (
  clock: Pick<Clock, 'sleep'>,
  ms: number,
  work: Promise<void>,
  over = new AbortController()
): Promise<'done' | 'late'> => {
  const late = clock.sleep(ms, over.signal).then(() => 'late' as const);
  try {
    return await Promise.race([work.then(() => 'done' as const), late]);
  } finally {
    over.abort();
  }
};
