/** News of a burst within so many milliseconds are one load. */
const JOIN_MS = 250;

/**
 * Loads of one value: at most one at a time, and only the newest counts. `load` is given a signal that aborts when it
 * counts no more, and never rejects.
 */
export const createReloads = (load: (signal: AbortSignal) => Promise<void>) => {
  let running: AbortController | null = null;
  let planned: ReturnType<typeof setTimeout> | null = null;
  let isAskedAgain = false;
  let isStopped = false;

  const begin = async (): Promise<void> => {
    if (isStopped) return;
    running?.abort();
    const controller = new AbortController();
    running = controller;
    isAskedAgain = false;
    await load(controller.signal);
    if (running !== controller) return;
    running = null;
    if (isAskedAgain) plan();
  };

  const unplan = (): void => {
    if (planned !== null) clearTimeout(planned);
    planned = null;
  };

  const plan = (): void => {
    planned ??= setTimeout(() => {
      planned = null;
      void begin();
    }, JOIN_MS);
  };

  return {
    /** At once: what is being loaded may be older than what was just done. */
    now: (): void => {
      unplan();
      void begin();
    },
    /** Soon: together with what else asks for it meanwhile, and after the load that is under way. */
    soon: (): void => {
      if (running) isAskedAgain = true;
      else plan();
    },
    /** For good. */
    stop: (): void => {
      isStopped = true;
      unplan();
      running?.abort();
    },
  };
};
