/** How far ahead of its reader a loop may go. */
export interface Ahead<Item> {
  /** How many items may be under way at once. */
  atOnce: number;
  /** How many items may be begun and not handed out yet. */
  held: number;
  /** How much these items may weigh together, in the unit of `weightOf`; a single item may weigh more. */
  weight?: { limit: number; weightOf(item: Item): number };
}

/**
 * Yields each item with the result of `work`, in order, while `work` runs on the next items: the server answers the
 * next question while the answer before it is written. The first failure ends the loop, at its turn. All work that
 * was begun has ended when the loop ends, in whichever way: nothing runs on behind the caller's back.
 */
export async function* lookAhead<Item, Result>(
  items: Iterable<Item>,
  { atOnce, held, weight }: Ahead<Item>,
  work: (item: Item) => Promise<Result>
): AsyncGenerator<[Item, Result]> {
  const begun: Begun<Item, Result>[] = [];
  const waiting = items[Symbol.iterator]();
  let underWay = 0;
  let isOver = false;
  const hasRoom = (): boolean =>
    !weight || begun.reduce((sum, { item }) => sum + weight.weightOf(item), 0) < weight.limit;
  const begin = (): void => {
    while (!isOver && underWay < atOnce && begun.length < held && hasRoom()) {
      const { done, value: item } = waiting.next();
      if (done) return;
      underWay += 1;
      begun.push({ item, outcome: outcomeOf(work(item)).then(ended) });
    }
  };
  const ended = (outcome: Outcome<Result>): Outcome<Result> => {
    underWay -= 1;
    isOver ||= !outcome.ok;
    begin();
    return outcome;
  };
  try {
    begin();
    for (let next = begun[0]; next; next = begun[0]) {
      const outcome = await next.outcome;
      begun.shift();
      if (!outcome.ok) throw outcome.error;
      // Begins the next item while the reader is busy with this one.
      begin();
      yield [next.item, outcome.result];
    }
  } finally {
    isOver = true;
    await Promise.all(begun.map(({ outcome }) => outcome));
  }
}

/** The same, one item after the other: nothing runs while the reader is busy. */
export async function* inTurn<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>
): AsyncGenerator<[Item, Result]> {
  for (const item of items) yield [item, await work(item)];
}

interface Begun<Item, Result> {
  item: Item;
  outcome: Promise<Outcome<Result>>;
}

type Outcome<Result> = { ok: true; result: Result } | { ok: false; error: unknown };

/** Never rejects: a failure that nobody waits for yet must not end the process. */
const outcomeOf = <Result>(work: Promise<Result>): Promise<Outcome<Result>> =>
  work.then(
    (result) => ({ ok: true, result }),
    (error: unknown) => ({ ok: false, error })
  );
