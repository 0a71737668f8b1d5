const EVERY_MS = 15_000;
const PATIENCE_MS = 10_000;

/**
 * Runs `task` again `everyMs` after it ended: never twice at once, and independent of changes of the system clock.
 * Failures go to `onError` and stop nothing. `stop` waits for the running task, but no longer than `patienceMs`.
 */
export const startTicker = (
  task: () => Promise<void>,
  onError: (error: unknown) => void,
  { everyMs = EVERY_MS, patienceMs = PATIENCE_MS } = {}
): { stop(): Promise<void> } => {
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const plan = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      running = task().catch(onError).finally(plan);
    }, everyMs);
  };
  plan();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      let hurry: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        hurry = setTimeout(resolve, patienceMs);
      });
      await Promise.race([running, patience]);
      clearTimeout(hurry);
    },
  };
};
