import { EmailConnectError } from '../../domain/errors';
import type { Fence, Ports } from '../../ports';
import { keepRenewed, withPatience } from '../waiting';

/** A process that died holds its inboxes no longer than this. */
export const LEASE_MS = 30_000;
const RENEW_MS = 8_000;
const LET_GO_MS = 20_000;
/** How long work may take to end by itself when the lease is lost. */
const DRAIN_MS = 6_000;
const ANSWER_MS = 6_000;

/**
 * Runs `work` while the lease is renewed; the lease was asked for at `since` (`clock.monotonicMs()`). The signal
 * given to `work` aborts when the lease is lost, and when the caller stops. Work that hangs is left behind when the
 * lease is lost: its fence is stale, so whatever it still writes is refused.
 */
export const underLease = async (
  ports: Ports,
  fence: Fence,
  since: number,
  signal: AbortSignal,
  work: (held: AbortSignal) => Promise<void>
): Promise<void> => {
  const held = new AbortController();
  const done = new AbortController();
  const stop = () => held.abort();
  signal.addEventListener('abort', stop);
  // `signal` may have aborted while the lease was asked for.
  if (signal.aborted) stop();
  const running = work(held.signal);
  const lease = {
    renew: () => ports.leases.renew(fence, LEASE_MS),
    since,
    everyMs: RENEW_MS,
    letGoMs: LET_GO_MS,
  };
  const lost = new Promise<void>((resolve) => {
    void keepRenewed(ports.clock, lease, done.signal, () => {
      stop();
      resolve();
    });
  });
  const leftBehind = lost.then(async () => {
    const hasEnded = running.then(
      () => true,
      () => true
    );
    if (await withPatience(ports.clock, DRAIN_MS, hasEnded)) return;
    ports.logger.warn(`What hangs of inbox ${fence.inboxDocumentId} is left behind: its lease is lost.`);
  });
  try {
    await Promise.race([running, leftBehind]);
  } finally {
    signal.removeEventListener('abort', stop);
    done.abort();
    running.catch(() => undefined);
  }
};

/**
 * Throws LEASE_LOST when the lease is known to be lost: a process that was suspended for a while may find this in the
 * middle of its work.
 */
export const assertHeld = async (ports: Pick<Ports, 'clock' | 'leases'>, fence: Fence): Promise<void> => {
  const renewed = await withPatience(ports.clock, ANSWER_MS, ports.leases.renew(fence, LEASE_MS)).catch(
    () => null
  );
  if (renewed !== false) return;
  throw new EmailConnectError(
    'LEASE_LOST',
    'Another process reads this inbox now.',
    'Nothing to do: the other process goes on where the records are.'
  );
};
