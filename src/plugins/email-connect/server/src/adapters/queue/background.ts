import type { Background } from '../../ports';
import { outside } from './outside';

/**
 * Work of this process that is awaited only at the end of the process. `stop` tells the work to end, and resolves
 * when it has.
 */
export const createBackground = (): Background & { stop(): Promise<void> } => {
  const underWay = new Map<Promise<unknown>, AbortController>();
  let isStopping = false;
  return {
    run: async (work) => {
      // A signal for each work: with one for all, Node warns of a leak once eleven inboxes have work under way, and
      // keeps every signal that was ever made from it.
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
