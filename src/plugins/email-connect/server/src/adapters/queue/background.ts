import type { Background } from '../../ports';
import { outside } from './outside';

/** Work of this process that nobody waits for but its end. `stop` tells it to end, and resolves when it has. */
export const createBackground = (): Background & { stop(): Promise<void> } => {
  const underWay = new Map<Promise<unknown>, AbortController>();
  let isStopping = false;
  return {
    run: async (work) => {
      // A signal of its own: of one for all, Node warns as of a leak once eleven inboxes have something in hand, and keeps
      // a trace of each signal that was ever made from it.
      const stopping = new AbortController();
      if (isStopping) stopping.abort();
      const running = outside(() => work(stopping.signal));
      const settled = running.then(
        () => undefined,
        () => undefined
      );
      underWay.set(settled, stopping);
      void settled.then(() => underWay.delete(settled));
      return running;
    },
    stop: async () => {
      isStopping = true;
      for (const stopping of underWay.values()) stopping.abort();
      await Promise.all(underWay.keys());
    },
  };
};
