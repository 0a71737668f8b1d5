import type { Background } from '../../ports';

/** Work of this process that nobody waits for but its end. `stop` tells it to end, and resolves when it has. */
export const createBackground = (): Background & { stop(): Promise<void> } => {
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  return {
    run: async (work) => {
      const running = work(stopping.signal);
      const settled = running.then(
        () => undefined,
        () => undefined
      );
      underWay.add(settled);
      void settled.then(() => underWay.delete(settled));
      return running;
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
};
