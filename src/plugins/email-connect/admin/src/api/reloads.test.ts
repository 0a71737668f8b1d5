import { createReloads } from './reloads';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

/** Loads that take a second. */
const slowReloads = () => {
  const signals: AbortSignal[] = [];
  let atOnce = 0;
  let most = 0;
  const reloads = createReloads(async (signal) => {
    signals.push(signal);
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000);
      signal.addEventListener('abort', resolve);
    });
    atOnce -= 1;
  });
  return { reloads, signals, most: () => most };
};

describe('loads of one value', () => {
  it('makes one load of a burst of news, and one more of what came while it ran', async () => {
    const { reloads, signals, most } = slowReloads();
    for (let n = 0; n < 100; n += 1) {
      reloads.soon();
      await pass(10);
    }
    await pass(5_000);
    expect(signals).toHaveLength(2);
    expect(signals.every(({ aborted }) => !aborted)).toBe(true);
    expect(most()).toBe(1);
  });

  it('shows something in between, however long the burst lasts', async () => {
    const { reloads, signals } = slowReloads();
    for (let n = 0; n < 1_000; n += 1) {
      reloads.soon();
      await pass(10);
    }
    expect(signals.length).toBeGreaterThanOrEqual(7);
    expect(signals.slice(0, -1).every(({ aborted }) => !aborted)).toBe(true);
  });

  it('loads at once what a person just changed, and cancels what was under way', async () => {
    const { reloads, signals } = slowReloads();
    reloads.now();
    await pass(100);
    reloads.soon();
    reloads.now();
    await pass(5_000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it('loads nothing after its end, and cancels what was under way', async () => {
    const { reloads, signals } = slowReloads();
    reloads.now();
    reloads.soon();
    reloads.stop();
    reloads.now();
    reloads.soon();
    await pass(5_000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
