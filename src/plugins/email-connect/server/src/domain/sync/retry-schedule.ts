const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 6 * HOUR_MS];
const THEN_MS = 24 * HOUR_MS;

/**
 * How long a message waits in quarantine after its `attempts`-th failure, in milliseconds: short at first, then
 * daily.
 */
export const retryWaitMs = (attempts: number): number => WAITS_MS[attempts - 1] ?? THEN_MS;
