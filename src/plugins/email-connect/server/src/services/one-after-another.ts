/** Runs work on the same thing one after the other, in the order of the calls; work on another thing need not wait. */
export const createTurns = () => {
  const last = new Map<string, Promise<unknown>>();
  return async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    const before = last.get(what) ?? Promise.resolve();
    // A failure of the work before was reported to its own caller.
    const mine = before.then(work, work);
    last.set(what, mine);
    try {
      return await mine;
    } finally {
      if (last.get(what) === mine) last.delete(what);
    }
  };
};
