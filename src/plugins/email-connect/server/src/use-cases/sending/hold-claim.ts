import type { OutgoingStage } from '../../domain/outgoing/stage';
import { putOffMs } from '../../domain/outgoing/transition';
import type { OutboxEntry, Ports } from '../../ports';
import { keepRenewed, tryAgain } from '../waiting';

type ClaimPorts = Pick<Ports, 'clock' | 'random' | 'outbox'>;

/** After this time a holder that died counts as dead. */
const CLAIM_MS = 60_000;
const RENEW_MS = 15_000;
const LET_GO_MS = 45_000;
/**
 * 40 s. A claim whose answer was lost lasts for a minute; then its mail, which nobody submitted, is of unknown
 * outcome.
 */
const CLAIM_TRIES = 9;
/** No step takes longer: RFC 5321 4.5.3.2.6 gives a server ten minutes for its last answer. */
const LONGEST_MS = 15 * 60_000;

/** An outbox entry that this process has claimed. */
export interface HeldEntry {
  entry: OutboxEntry;
  claimId: string;
  /** Aborts when the claim is lost, or could not be renewed in time, or the caller stops. */
  signal: AbortSignal;
}

/**
 * Runs one step of an entry under a claim that is renewed while the step lasts. Resolves with null when another
 * process was faster.
 */
export const holdClaim = async <Result>(
  ports: ClaimPorts,
  entry: OutboxEntry,
  to: OutgoingStage,
  stop: AbortSignal,
  step: (held: HeldEntry) => Promise<Result>
): Promise<Result | null> => {
  const claimId = hexOf(ports.random.bytes(16));
  const began = ports.clock.monotonicMs();
  const wait = putOffMs(entry.stage, entry.attempts);
  const claimed = await tryAgain(ports.clock, { tries: CLAIM_TRIES, stop }, () =>
    ports.outbox.claim(entry, { to, claimId, claimMs: CLAIM_MS, putOffMs: wait })
  );
  if (!claimed) return null;
  const letGo = new AbortController();
  const done = new AbortController();
  const signal = AbortSignal.any([stop, letGo.signal]);
  const renew = () => ports.outbox.renew(entry.outboxId, claimId, CLAIM_MS);
  const claim = { renew, since: began, everyMs: RENEW_MS, letGoMs: LET_GO_MS, longestMs: LONGEST_MS };
  // Not awaited: a database that hangs must not keep the holder from letting go.
  void keepRenewed(ports.clock, claim, done.signal, () => letGo.abort());
  try {
    return await step({ entry: claimed, claimId, signal });
  } finally {
    done.abort();
  }
};

const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
