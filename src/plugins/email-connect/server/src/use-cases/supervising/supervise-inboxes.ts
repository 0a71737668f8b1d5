import { toEmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { InboxSignal, Ports } from '../../ports';
import { ConnectQueue, isRunnable } from '../inbox';
import { endSending, outboxKey } from '../sending';
import { hourlyPruning } from '../upkeep';
import { withPatience } from '../waiting';
import { runInbox } from './run-inbox';
import type { Worker } from './worker';

/** Holds the loops of all connected inboxes; each tick starts the loops that should run and do not. */
export interface Supervisor {
  tick(): Promise<void>;
  /**
   * Takes a signal about what a person changed or asked, in this process or another one: the loop of the inbox
   * begins, ends, or goes on with what is stored now. The same signal twice does no more than once.
   */
  heed(signal: InboxSignal): void;
  /**
   * Drains: every loop cuts its connection and releases its lease. false when a loop did not do so within two
   * seconds.
   */
  stop(): Promise<boolean>;
}

interface Loop {
  controller: AbortController;
  done: Promise<void>;
  /** When the loop must have given its next sign of life, by `clock.monotonicMs()`. */
  silentUntil: number;
  /** The version of the inbox that the loop works with, and the signal that tells it of a newer one. */
  version: number;
  outdated: AbortController;
}

/**
 * On top of the silence that the loop announced: a pass of a large mailbox may take so long; a longer silence means
 * that it hangs (a.7).
 */
const PATIENCE_MS = 10 * 60_000;

/** Neither a person who pauses or saves, nor a process that is to end, waits longer for a loop to let go. */
const LET_GO_MS = 2_000;

/** The supervisor of this process. `holder` is unique among all processes on the database. */
export const superviseInboxes = (ports: Ports, holder: string): Supervisor => {
  const loops = new Map<string, Loop>();
  const asked = new Map<string, number>();
  const connects = new ConnectQueue();
  const prune = hourlyPruning(ports);
  let stopped = false;

  const start = (inboxDocumentId: string, version: number): void => {
    const loop: Loop = {
      controller: new AbortController(),
      done: Promise.resolve(),
      silentUntil: patience(ports, 0),
      version,
      outdated: new AbortController(),
    };
    const worker = workerOf(ports, loop, { holder, connects });
    loop.done = runInbox(ports, inboxDocumentId, worker, loop.controller.signal)
      .catch((error: unknown) => tellEnd(ports, inboxDocumentId, error))
      .finally(() => {
        if (loops.get(inboxDocumentId) === loop) loops.delete(inboxDocumentId);
      });
    loops.set(inboxDocumentId, loop);
  };

  /** A loop that hangs cannot be waited for: it is told to end, and a new loop takes its place under a new lease. */
  const replaceSilent = (): void => {
    for (const [inboxDocumentId, loop] of loops) {
      if (ports.clock.monotonicMs() <= loop.silentUntil) continue;
      ports.logger.error(`The loop of inbox ${inboxDocumentId} is silent; it is started anew.`);
      loop.controller.abort();
      loops.delete(inboxDocumentId);
    }
  };

  /**
   * A loop that does not end in time is left behind: the next loop takes its lease, and its token is stale from then
   * on.
   */
  const end = async (inboxDocumentId: string): Promise<boolean> => {
    const loop = loops.get(inboxDocumentId);
    if (!loop) return true;
    loop.controller.abort();
    await withPatience(ports.clock, LET_GO_MS, loop.done);
    if (loops.get(inboxDocumentId) !== loop) return true;
    ports.logger.warn(`The loop of inbox ${inboxDocumentId} does not end; it is left behind.`);
    loops.delete(inboxDocumentId);
    return false;
  };

  const heed = (signal: InboxSignal): void => {
    const { documentId, version } = signal;
    if (stopped) return;
    const loop = loops.get(documentId);
    if (!loop && isRunnable(signal)) start(documentId, version);
    // A repeated signal may be older than the version that the loop works with.
    if (loop && version > loop.version) {
      if (!isRunnable(signal)) void end(documentId);
      else if (!loop.outdated.signal.aborted) {
        loop.outdated.abort();
        ports.wakeups.wake(outboxKey(documentId));
      }
    }
    if (signal.asked <= (asked.get(documentId) ?? 0)) return;
    asked.set(documentId, signal.asked);
    ports.wakeups.wake(documentId, 'asked');
    ports.wakeups.wake(outboxKey(documentId));
  };

  const tick = async (): Promise<void> => {
    replaceSilent();
    const inboxes = await ports.inboxes.list();
    for (const { documentId, version, state } of inboxes) heed({ documentId, version, asked: 0, state });
    await lookAfterSending(ports, inboxes);
    await prune();
  };

  return {
    tick,
    heed,
    stop: async () => {
      stopped = true;
      return !(await Promise.all([...loops.keys()].map(end))).includes(false);
    },
  };
};

/** This process, as that loop sees it. */
const workerOf = (
  ports: Pick<Ports, 'clock'>,
  loop: Loop,
  shared: Pick<Worker, 'holder' | 'connects'>
): Worker => ({
  ...shared,
  onBeat: (silentMs) => void (loop.silentUntil = patience(ports, silentMs)),
  outdated: (loaded) => {
    if (loaded !== loop.version || loop.outdated.signal.aborted) loop.outdated = new AbortController();
    loop.version = loaded;
    return loop.outdated.signal;
  },
});

/** Mail that was queued by a process that could not wake the loop, and mail left in inboxes without a loop. */
const lookAfterSending = async (ports: Ports, inboxes: readonly Inbox[]): Promise<void> => {
  const due = new Set(await ports.outbox.listInboxesDue());
  for (const inbox of inboxes) {
    if (!due.has(inbox.documentId)) continue;
    if (isRunnable(inbox)) ports.wakeups.wake(outboxKey(inbox.documentId));
    else await endSendingOf(ports, inbox.documentId);
  }
};

/** An inbox whose mail cannot be settled does not hold up the others; the next tick tries again. */
const endSendingOf = (ports: Ports, inboxDocumentId: string): Promise<void> =>
  endSending(ports, inboxDocumentId).catch((error: unknown) => {
    const { code, detail } = toEmailConnectError(error);
    ports.logger.warn(`Mail of the disconnected inbox ${inboxDocumentId} is not settled: ${code} ${detail}`);
  });

const tellEnd = ({ logger }: Ports, inboxDocumentId: string, error: unknown): void => {
  const { code, detail } = toEmailConnectError(error);
  logger.error(`The loop of inbox ${inboxDocumentId} ended: ${code} ${detail}`);
};

const patience = (ports: Pick<Ports, 'clock'>, silentMs: number): number =>
  ports.clock.monotonicMs() + silentMs + PATIENCE_MS;
