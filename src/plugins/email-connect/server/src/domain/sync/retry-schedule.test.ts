import { retryWaitMs } from './retry-schedule';

it('P1: soon at first, then daily, and never for the last time', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 100].map((attempts) => retryWaitMs(attempts) / 60_000)).toEqual([
    1, 5, 30, 120, 360, 1_440, 1_440, 1_440,
  ]);
});
