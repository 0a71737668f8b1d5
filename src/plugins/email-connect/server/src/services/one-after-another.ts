/** Work on the same thing comes one after the other, in the order in which it was asked for; on another it need not wait. */
export const createTurns = () => {
  const last = new Map<string, Promise<unknown>>();
  return async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    const before = last.get(what) ?? Promise.resolve();
    // Whoever was before has told their own caller what went wrong.
    const mine = before.then(work, work);
    last.set(what, mine);
    try {
      return await mine;
    } finally {
      if (last.get(what) === mine) last.delete(what);
    }
  };
};
