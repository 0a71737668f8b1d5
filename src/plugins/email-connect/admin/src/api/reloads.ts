/** News within so many milliseconds are joined into one load. */
const JOIN_MS = 250;

/**
 * Loads of one value: at most one at a time, and only the newest counts. `load` gets a signal that aborts when its
 * result does not count any more, and never rejects.
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
    /** At once: a load under way may show the state before the user's change. */
    now: (): void => {
      unplan();
      void begin();
    },
    /** Soon: together with other requests that come meanwhile, and after the load under way. */
    soon: (): void => {
      if (running) isAskedAgain = true;
      else plan();
    },
    /** Stops loading for good. */
    stop: (): void => {
      isStopped = true;
      unplan();
      running?.abort();
    },
  };
};
