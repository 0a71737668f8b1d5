import { givenUp, orGivenUp } from '../domain/give-up';

/**
 * As `work`, whose signal aborts when `signal` does, or after `timeoutMs` for the reason that `late` tells. Rejects with
 * `givenUp` then, whether `work` ends or not: it is to let go of what it holds.
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
