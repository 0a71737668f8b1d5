import { toEmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';

const DAY_MS = 24 * 3_600_000;

/** Rows that nobody needs any more: answers that were read, mail with nothing left to do, and old audit entries. */
const AGES = { requests: 30 * DAY_MS, outbox: 90 * DAY_MS, audit: 2 * 365 * DAY_MS };
/** Rows of each kind in one call: a table that was never pruned takes some hours, and nobody waits for it. */
const AT_MOST = 1_000;
const EVERY_MS = 3_600_000;

/** Removes old records, when an hour has passed since the last time; a failure is a line in the log. */
export const hourlyPruning = (ports: Pick<Ports, 'pruning' | 'clock' | 'logger'>): (() => Promise<void>) => {
  let lastMs = -Infinity;
  return async () => {
    const now = ports.clock.monotonicMs();
    if (now - lastMs < EVERY_MS) return;
    lastMs = now;
    try {
      await ports.pruning.prune(AGES, AT_MOST);
    } catch (error) {
      const { code, detail } = toEmailConnectError(error);
      ports.logger.warn(`Old records are not removed yet: ${code} ${detail}`);
    }
  };
};
