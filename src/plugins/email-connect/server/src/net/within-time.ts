import { givenUp, orGivenUp } from '../domain/give-up';

/**
 * Runs `work` with a signal that aborts when `signal` does, or after `timeoutMs` with the reason that `late` gives.
 * Then rejects with `givenUp`, whether `work` ends or not: `work` has to release what it holds.
 */
export const withinTime = async <Result>(
  signal: AbortSignal,
  timeoutMs: number,
  late: () => Error,
  work: (attempt: AbortSignal) => Promise<Result>
): Promise<Result> => {
  if (signal.aborted) throw givenUp(signal);
  const tooLate = new AbortController();
  const timer = setTimeout(() => tooLate.abort(late()), timeoutMs);
  const attempt = AbortSignal.any([signal, tooLate.signal]);
  try {
    return await orGivenUp(attempt, work(attempt));
  } finally {
    clearTimeout(timer);
  }
};
