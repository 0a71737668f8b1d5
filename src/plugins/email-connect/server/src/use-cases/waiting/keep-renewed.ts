import type { Ports } from '../../ports';
import { withPatience } from './with-patience';

/** Something that its holder keeps as long as it is renewed. */
export interface Renewable {
  /** false when another holder has it. */
  renew(): Promise<boolean>;
  /** When the renewable was asked for, by `clock.monotonicMs()`. */
  since: number;
  everyMs: number;
  /** How long after the last successful renewal the holder lets go, which is before anybody can take over. */
  letGoMs: number;
  /** How long it is renewed at most. */
  longestMs?: number;
}

const PATIENCE_MS = 6_000;
const RETRY_MS = 2_000;

/**
 * Renews it until `done` aborts; calls `letGo` once, when it is lost or could not be renewed in time. Time is counted
 * by this process's own steady clock: a holder that cannot renew, for whatever reason, lets go by itself.
 */
export const keepRenewed = async (
  clock: Ports['clock'],
  { renew, since, everyMs, letGoMs, longestMs = Infinity }: Renewable,
  done: AbortSignal,
  letGo: () => void
): Promise<void> => {
  let renewedAt = since;
  let waitMs = everyMs;
  for (;;) {
    await clock.sleep(Math.max(0, Math.min(waitMs, renewedAt + letGoMs - clock.monotonicMs())), done);
    if (done.aborted) return;
    const asked = clock.monotonicMs();
    const leftMs = renewedAt + letGoMs - asked;
    if (leftMs <= 0) return letGo();
    if (asked - since >= longestMs) continue;
    // A database that fails, or does not answer, has not said no yet.
    const renewed = await withPatience(clock, Math.min(PATIENCE_MS, leftMs), renew()).catch(() => null);
    if (renewed === false) return done.aborted ? undefined : letGo();
    if (renewed) renewedAt = asked;
    waitMs = renewed ? everyMs : RETRY_MS;
  }
};
