import { toEmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import { stateAfterFailure } from '../../domain/inbox/next-state';
import type { EmailConnectError } from '../../domain/errors';
import type { Fence, Ports } from '../../ports';
import { isReadable, isRunnable, recordState } from '../inbox';
import { assertHeld } from './keep-lease';
import { LiveInbox } from './live-inbox';
import type { Worker } from './worker';

/** Every process hears at once that an inbox is resumed; this is for the case that the signal was lost. */
const PAUSED_LOOK_MS = 60_000;

/**
 * Three phases, repeated after every failure and for every new login: connect (log in, under the lease), catchUp
 * (everything since the cursors), live (IDLE, and a pass on every wake-up). Resolves when the inbox is disconnected.
 */
export const readInbox = async (
  ports: Ports,
  fence: Fence,
  worker: Worker,
  signal: AbortSignal
): Promise<void> => {
  const { inboxDocumentId } = fence;
  while (!signal.aborted) {
    const inbox = await ports.inboxes.load(inboxDocumentId);
    if (!inbox || !isRunnable(inbox)) return;
    const waitMs = isReadable(inbox) ? await ports.leases.restMs(inboxDocumentId) : PAUSED_LOOK_MS;
    if (waitMs > 0) {
      worker.onBeat(waitMs);
      const changed = AbortSignal.any([signal, worker.outdated(inbox.version)]);
      await ports.wakeups.wait(inboxDocumentId, waitMs, changed);
      continue;
    }
    const live = new LiveInbox(ports, inbox, fence, worker, signal);
    try {
      await live.run();
    } catch (error) {
      const failure = toEmailConnectError(error);
      if (failure.code === 'LEASE_LOST') throw failure;
      // The caller that ended this loop cut the connection; another loop may hold the inbox by now.
      if (signal.aborted) return;
      if (live.isOutdated) continue;
      // Only the holder of the lease may write the state of the inbox.
      await assertHeld(ports, fence);
      await rest(ports, live.inbox, fence, failure);
    }
  }
};

/**
 * Records what is wrong, with the next step, and until when the mail server is left alone (a.13): by this process and
 * by every other one that takes the inbox. Only a person can end the rest early: mail that is sent meanwhile must not
 * log in again and again.
 */
const rest = async (ports: Ports, inbox: Inbox, fence: Fence, failure: EmailConnectError): Promise<void> => {
  const failures = inbox.consecutiveFailures + 1;
  const jitter = (ports.random.bytes(1)[0] ?? 0) / 255;
  const { state, waitMs } = stateAfterFailure(failure.code, failures, jitter, failure.retryAfterMs);
  ports.logger.warn(
    `Inbox ${inbox.documentId} is ${state}: ${failure.code} ${failure.message} ${failure.detail}`
  );
  await ports.leases.rest(fence, waitMs);
  const recorded = await recordState(ports, inbox, {
    state,
    stateCode: failure.code,
    stateReason: `${failure.message} ${failure.nextStep}`,
    consecutiveFailures: failures,
    nextPassAt: new Date(ports.clock.now().getTime() + waitMs).toISOString(),
  });
  // A login that a person entered meanwhile was not tried yet.
  if (!recorded) await ports.leases.rest(fence, 0);
};
