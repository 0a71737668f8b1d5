import type { Ports } from '../ports';

const TRIES = 5;
const WAIT_MS = 1_000;

/**
 * A database that is away for a moment is asked again, up to five times within ten seconds; the last failure is thrown, and
 * so is any after `stop`. Only for work that may be done twice: the answer may have been lost and not the work.
 */
export const tryAgain = async <Result>(
  clock: Ports['clock'],
  stop: AbortSignal,
  work: () => Promise<Result>
): Promise<Result> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || stop.aborted) throw error;
      await clock.sleep(tries * WAIT_MS, stop);
    }
  }
};
