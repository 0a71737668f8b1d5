import { toEmailConnectError } from '../domain/errors';
import type { Ports } from '../ports';
import { isRunnable, runInbox } from './run-inbox';

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
}

/** The supervisor of this process. `holder` is unique among all processes on the database. */
export const superviseInboxes = (ports: Ports, holder: string): Supervisor => {
  const loops = new Map<string, Loop>();
  let stopped = false;

  const start = (inboxDocumentId: string): void => {
    const controller = new AbortController();
    const done = runInbox(ports, inboxDocumentId, holder, controller.signal)
      .catch((error: unknown) => {
        const failure = toEmailConnectError(error);
        ports.logger.error(`The loop of inbox ${inboxDocumentId} ended: ${failure.code} ${failure.detail}`);
      })
      .finally(() => loops.delete(inboxDocumentId));
    loops.set(inboxDocumentId, { controller, done });
  };

  const end = async (inboxDocumentId: string): Promise<void> => {
    const loop = loops.get(inboxDocumentId);
    loop?.controller.abort();
    await loop?.done;
  };

  const tick = async (): Promise<void> => {
    for (const inbox of await ports.inboxes.list()) {
      if (!stopped && isRunnable(inbox) && !loops.has(inbox.documentId)) start(inbox.documentId);
    }
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
