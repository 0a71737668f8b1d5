import type { Fence, Ports } from '../ports';

/** A lease outlives two missed renewals; a process that died holds its inboxes no longer than this. */
export const LEASE_MS = 30_000;
const RENEW_MS = 10_000;

/** Runs `work` while the lease is renewed; its signal aborts when the lease is lost or the caller stops. */
export const underLease = async (
  ports: Ports,
  fence: Fence,
  signal: AbortSignal,
  work: (held: AbortSignal) => Promise<void>
): Promise<void> => {
  const held = new AbortController();
  const stop = () => held.abort();
  signal.addEventListener('abort', stop);
  // While the lease was asked for.
  if (signal.aborted) stop();
  const renewal = (async () => {
    while (!held.signal.aborted) {
      await ports.clock.sleep(RENEW_MS, held.signal);
      // A database that cannot be asked is as good as a lost lease: the fence would refuse every write anyway.
      if (!held.signal.aborted && !(await ports.leases.renew(fence, LEASE_MS).catch(() => false))) stop();
    }
  })();
  try {
    await work(held.signal);
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await renewal;
  }
};
