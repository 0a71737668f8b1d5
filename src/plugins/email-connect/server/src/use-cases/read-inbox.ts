import type { EmailConnectError } from '../domain/errors';
import { toEmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import { stateAfterFailure } from '../domain/inbox/next-state';
import type { Fence, Ports } from '../ports';
import { isReadable, recordState } from './inbox-state';
import { assertHeld } from './keep-lease';
import { LiveInbox } from './live-inbox';
import type { Worker } from './worker';

/**
 * Three phases, again after every failure: connect (log in, under the lease), catchUp (everything since the cursors),
 * live (IDLE, and a pass on every wake-up).
 */
export const readInbox = async (
  ports: Ports,
  fence: Fence,
  worker: Worker,
  signal: AbortSignal
): Promise<void> => {
  let failures = 0;
  const onStable = () => {
    failures = 0;
  };
  while (!signal.aborted) {
    const inbox = await ports.inboxes.load(fence.inboxDocumentId);
    if (!inbox || !isReadable(inbox)) return worker.onBeat(Infinity);
    try {
      await new LiveInbox(ports, inbox, fence, worker, signal, onStable).run();
    } catch (error) {
      const failure = toEmailConnectError(error);
      if (failure.code === 'LEASE_LOST') throw failure;
      // Whoever told us to end cut the connection; and another loop may have the inbox by now.
      if (signal.aborted) return;
      // Whoever holds the lease says how the inbox is.
      await assertHeld(ports, fence);
      failures += 1;
      await rest(ports, inbox, failure, failures, worker, signal);
    }
  }
};

/**
 * Says what is wrong, with the next step, and waits before the next try (a.13). Nothing but a person, who starts the
 * loop anew, cuts the wait short: mail that is sent meanwhile must not log in again and again.
 */
const rest = async (
  ports: Ports,
  inbox: Inbox,
  failure: EmailConnectError,
  failures: number,
  worker: Worker,
  signal: AbortSignal
): Promise<void> => {
  const jitter = (ports.random.bytes(1)[0] ?? 0) / 255;
  const { state, waitMs } = stateAfterFailure(failure.code, failures, jitter, failure.retryAfterMs);
  ports.logger.warn(
    `Inbox ${inbox.documentId} is ${state}: ${failure.code} ${failure.message} ${failure.detail}`
  );
  await recordState(ports, inbox, {
    state,
    stateCode: failure.code,
    stateReason: `${failure.message} ${failure.nextStep}`,
    consecutiveFailures: failures,
    nextPassAt: new Date(ports.clock.now().getTime() + waitMs).toISOString(),
  });
  worker.onBeat(waitMs);
  await ports.clock.sleep(waitMs, signal);
};
