import { toEmailConnectError } from '../domain/errors';
import type { Ports } from '../ports';
import { isRunnable } from './inbox-state';
import { LEASE_MS, underLease } from './keep-lease';
import { readInbox } from './read-inbox';
import { runOutbox } from './run-outbox';
import type { Worker } from './worker';

/** How soon a free lease is noticed. */
const LEASE_RETRY_MS = 5_000;
/**
 * Keeps one inbox live until `signal` aborts: two loops under one lease, so that neither waits for the other's server (S47).
 * A pause stops reading, not sending.
 */
export const runInbox = async (
  ports: Ports,
  inboxDocumentId: string,
  worker: Worker,
  signal: AbortSignal
): Promise<void> => {
  while (!signal.aborted) {
    worker.onBeat(LEASE_RETRY_MS);
    const inbox = await ports.inboxes.load(inboxDocumentId);
    if (!inbox || !isRunnable(inbox)) return;
    const fence = await ports.leases.acquire(inboxDocumentId, worker.holder, LEASE_MS);
    if (!fence) {
      await ports.clock.sleep(LEASE_RETRY_MS, signal);
      continue;
    }
    try {
      await underLease(ports, fence, signal, (held) =>
        together(held, [
          (both) => readInbox(ports, fence, worker, both),
          (both) => runOutbox(ports, fence, worker.connects, both),
        ])
      );
    } catch (error) {
      const failure = toEmailConnectError(error);
      if (failure.code !== 'LEASE_LOST') {
        ports.logger.error(`A loop of inbox ${inboxDocumentId} ended: ${failure.code} ${failure.detail}`);
      }
      // Whoever holds the lease now says how the inbox is. No new login at once, in case nobody does.
      await ports.clock.sleep(LEASE_RETRY_MS, signal);
    } finally {
      await ports.leases.release(fence);
    }
  }
};

/** One that ends, or fails, ends the others; rejects with its failure when all have ended. */
const together = async (
  signal: AbortSignal,
  loops: readonly ((both: AbortSignal) => Promise<void>)[]
): Promise<void> => {
  const oneEnded = new AbortController();
  const both = AbortSignal.any([signal, oneEnded.signal]);
  const ends = await Promise.allSettled(loops.map((loop) => loop(both).finally(() => oneEnded.abort())));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
};
