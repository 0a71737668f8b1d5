import { toEmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import type { Ports } from '../ports';
import { ConnectQueue } from './connect-queue';
import { endSending } from './end-sending';
import { isRunnable, runInbox } from './run-inbox';
import type { Worker } from './run-inbox';
import { outboxKey } from './run-outbox';

/** Holds the loops of all connected inboxes; each tick starts what should run and does not. */
export interface Supervisor {
  tick(): Promise<void>;
  /** Stops this inbox's loop now; the next tick starts it again if it still should run. */
  restart(inboxDocumentId: string): Promise<void>;
  /** Drains: every loop ends its step, closes its connection and releases its lease. */
  stop(): Promise<void>;
}

interface Loop {
  controller: AbortController;
  done: Promise<void>;
  /** When the loop must have been heard of, in ms. */
  silentUntil: number;
}

/** Beyond the silence it announced: a pass of a large mailbox may take so long; what takes longer hangs (a.7). */
const PATIENCE_MS = 10 * 60_000;

/** The supervisor of this process. `holder` is unique among all processes on the database. */
export const superviseInboxes = (ports: Ports, holder: string): Supervisor => {
  const loops = new Map<string, Loop>();
  const connects = new ConnectQueue();
  let stopped = false;

  const start = (inboxDocumentId: string): void => {
    const controller = new AbortController();
    const loop: Loop = { controller, done: Promise.resolve(), silentUntil: patience(ports, 0) };
    const worker: Worker = {
      ...{ holder, connects },
      onBeat: (silentMs) => {
        loop.silentUntil = patience(ports, silentMs);
      },
    };
    loop.done = runInbox(ports, inboxDocumentId, worker, controller.signal)
      .catch((error: unknown) => {
        const failure = toEmailConnectError(error);
        ports.logger.error(`The loop of inbox ${inboxDocumentId} ended: ${failure.code} ${failure.detail}`);
      })
      .finally(() => {
        if (loops.get(inboxDocumentId) === loop) loops.delete(inboxDocumentId);
      });
    loops.set(inboxDocumentId, loop);
  };

  /** A loop that hangs cannot be waited for: it is told to end, and another one takes its place under a new lease. */
  const replaceSilent = (): void => {
    for (const [inboxDocumentId, loop] of loops) {
      if (ports.clock.now().getTime() <= loop.silentUntil) continue;
      ports.logger.error(`The loop of inbox ${inboxDocumentId} is silent; it is started anew.`);
      loop.controller.abort();
      loops.delete(inboxDocumentId);
    }
  };

  const end = async (inboxDocumentId: string): Promise<void> => {
    const loop = loops.get(inboxDocumentId);
    loop?.controller.abort();
    await loop?.done;
  };

  const tick = async (): Promise<void> => {
    replaceSilent();
    const inboxes = await ports.inboxes.list();
    for (const inbox of inboxes) {
      if (!stopped && isRunnable(inbox) && !loops.has(inbox.documentId)) start(inbox.documentId);
    }
    await lookAfterSending(ports, inboxes);
  };

  return {
    tick,
    restart: async (inboxDocumentId) => {
      await end(inboxDocumentId);
      await tick();
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...loops.keys()].map(end));
    },
  };
};

/** What was queued by a process that could not wake the loop, and what is left of inboxes that have none. */
const lookAfterSending = async (ports: Ports, inboxes: readonly Inbox[]): Promise<void> => {
  const due = new Set(await ports.outbox.listInboxesDue());
  for (const inbox of inboxes) {
    if (!due.has(inbox.documentId)) continue;
    if (isRunnable(inbox)) ports.wakeups.wake(outboxKey(inbox.documentId));
    else await endSendingOf(ports, inbox.documentId);
  }
};

/** One whose mail cannot be settled keeps no other waiting; the next tick tries again. */
const endSendingOf = (ports: Ports, inboxDocumentId: string): Promise<void> =>
  endSending(ports, inboxDocumentId).catch((error: unknown) => {
    const { code, detail } = toEmailConnectError(error);
    ports.logger.warn(`Mail of the disconnected inbox ${inboxDocumentId} is not settled: ${code} ${detail}`);
  });

const patience = (ports: Pick<Ports, 'clock'>, silentMs: number): number =>
  ports.clock.now().getTime() + silentMs + PATIENCE_MS;
