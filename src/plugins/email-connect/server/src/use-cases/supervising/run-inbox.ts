import { toEmailConnectError } from '../../domain/errors';
import type { Fence, Ports } from '../../ports';
import { isRunnable } from '../inbox';
import { runOutbox } from '../sending';
import { withPatience } from '../waiting';
import { LEASE_MS, underLease } from './keep-lease';
import { readInbox } from './read-inbox';
import type { Worker } from './worker';

/** How soon a free lease is noticed. */
const LEASE_RETRY_MS = 5_000;
/** Nobody waits longer for a lease to be released: it ends by itself. */
const RELEASE_MS = 6_000;

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
  let isTold = false;
  while (!signal.aborted) {
    worker.onBeat(LEASE_RETRY_MS);
    const since = ports.clock.monotonicMs();
    try {
      const inbox = await ports.inboxes.load(inboxDocumentId);
      if (!inbox || !isRunnable(inbox)) return;
      const fence = await ports.leases.acquire(inboxDocumentId, worker.holder, LEASE_MS);
      if (fence) await hold(ports, fence, since, worker, signal);
      isTold = false;
    } catch (error) {
      const { code, detail } = toEmailConnectError(error);
      // Told once: while the database fails, it is asked every few seconds.
      if (!isTold) ports.logger.warn(`Inbox ${inboxDocumentId} waits for the database: ${code} ${detail}`);
      isTold = true;
    }
    if (!signal.aborted) await ports.clock.sleep(LEASE_RETRY_MS, signal);
  }
};

const hold = async (
  ports: Ports,
  fence: Fence,
  since: number,
  worker: Worker,
  signal: AbortSignal
): Promise<void> => {
  const { inboxDocumentId } = fence;
  try {
    await underLease(ports, fence, since, signal, (held) => {
      // A loop that was left behind reports no signs of life.
      const onBeat = (silentMs: number) => void (held.aborted || worker.onBeat(silentMs));
      return together(held, [
        (both) => readInbox(beating(ports, onBeat), fence, { ...worker, onBeat }, both),
        (both) => runOutbox(ports, fence, worker.connects, both),
      ]);
    });
  } catch (error) {
    const failure = toEmailConnectError(error);
    if (failure.code !== 'LEASE_LOST') {
      ports.logger.error(`A loop of inbox ${inboxDocumentId} ended: ${failure.code} ${failure.detail}`);
    }
  } finally {
    await withPatience(ports.clock, RELEASE_MS, ports.leases.release(fence));
  }
};

/** Each recorded step is a sign of life: a first pass over a large gap takes longer than any limit. */
const beating = (ports: Ports, onBeat: Worker['onBeat']): Ports => ({
  ...ports,
  messages: {
    ...ports.messages,
    recordPass: async (outcome) => {
      const changes = await ports.messages.recordPass(outcome);
      onBeat(0);
      return changes;
    },
  },
});

/** When one of them ends or fails, the others are ended; rejects with its failure when all have ended. */
const together = async (
  signal: AbortSignal,
  loops: readonly ((both: AbortSignal) => Promise<void>)[]
): Promise<void> => {
  const oneEnded = new AbortController();
  const both = AbortSignal.any([signal, oneEnded.signal]);
  const ends = await Promise.allSettled(loops.map((loop) => loop(both).finally(() => oneEnded.abort())));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
};
