import type { EmailConnectError } from '../../domain/errors';
import { orGivenUp } from '../../domain/give-up';
import type { Ports } from '../../ports';

/**
 * Runs `work` with a signal that aborts when `signal` does, or after `mostMs` with the failure that `late` makes.
 * Rejects then at once, whether `work` obeys or not.
 */
export const inTime = async <Result>(
  clock: Ports['clock'],
  signal: AbortSignal,
  mostMs: number,
  late: () => EmailConnectError,
  work: (attempt: AbortSignal) => Promise<Result>
): Promise<Result> => {
  const tooLate = new AbortController();
  const done = new AbortController();
  void clock.sleep(mostMs, done.signal).then(() => {
    if (!done.signal.aborted) tooLate.abort(late());
  });
  const attempt = AbortSignal.any([signal, tooLate.signal]);
  try {
    return await orGivenUp(attempt, work(attempt));
  } finally {
    done.abort();
  }
};
