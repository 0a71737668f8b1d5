import type { Clock } from '../../ports';

/** 'late' when `work` takes longer than `ms`, or until `over` aborts; it then goes on by itself. Rejects as it does before. */
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
