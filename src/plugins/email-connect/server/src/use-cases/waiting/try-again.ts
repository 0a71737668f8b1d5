import type { Ports } from '../../ports';

export interface Tries {
  tries: number;
  /** When it aborts, the failure at hand is the last one. */
  stop: AbortSignal;
}

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 15_000;

/**
 * Repeats work on a database that fails, after 0.2 s, then after twice as long each time, up to 15 s; the last
 * failure is thrown. Only for work that may be done twice: perhaps only the answer was lost. `work` is told the
 * number of the try.
 */
export const tryAgain = async <Result>(
  clock: Ports['clock'],
  { tries, stop }: Tries,
  work: (tried: number) => Promise<Result>,
  onFailure: (error: unknown) => void = () => undefined
): Promise<Result> => {
  let waitMs = FIRST_WAIT_MS;
  for (let tried = 1; ; tried += 1) {
    try {
      return await work(tried);
    } catch (error) {
      if (tried === tries || stop.aborted) throw error;
      onFailure(error);
      await clock.sleep(waitMs, stop);
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
    }
  }
};
