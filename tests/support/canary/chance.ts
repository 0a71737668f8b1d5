/** Random choices that a seed repeats. */
export interface Chance {
  /** From 0 to `below`, without it. */
  int(below: number): number;
  flip(probability?: number): boolean;
  /** Throws for an empty list. */
  pick<Item>(items: readonly Item[]): Item;
  /** At most `count` of them, in their order. */
  some<Item>(items: readonly Item[], count: number): Item[];
}

/** Mulberry32. */
export const chanceOf = (seed: number): Chance => {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    int,
    flip: (probability = 0.5) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new Error('There is nothing to choose from.');
      return items[int(items.length)] as (typeof items)[number];
    },
    some: (items, count) => {
      const left = items.map((item, place) => ({ item, place }));
      const chosen: typeof left = [];
      while (chosen.length < count && left.length > 0) chosen.push(...left.splice(int(left.length), 1));
      return chosen.sort((one, other) => one.place - other.place).map(({ item }) => item);
    },
  };
};
