import { createRateLimits } from './rate-limits';

const MINUTE_MS = 60_000;
const limits = () =>
  createRateLimits({
    send: [
      { times: 2, windowMs: MINUTE_MS },
      { times: 3, windowMs: 60 * MINUTE_MS },
    ],
    connect: [{ times: 2, windowMs: 10 * MINUTE_MS }],
    'own-login': [{ times: 1, windowMs: 10 * MINUTE_MS }],
    login: [{ times: 2, windowMs: 10 * MINUTE_MS }],
    'server-login': [{ times: 3, windowMs: 10 * MINUTE_MS }],
    look: [{ times: 1, windowMs: MINUTE_MS }],
    log: [{ times: 1, windowMs: MINUTE_MS }],
  });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('S37: how often something may be done', () => {
  test('so often in a window, and again after its end', async () => {
    const { count } = limits();
    expect([await count('connect', 'uma'), await count('connect', 'uma')]).toEqual([null, null]);
    jest.advanceTimersByTime(4 * MINUTE_MS);
    const window = { times: 2, windowMs: 10 * MINUTE_MS, retryAfterMs: 6 * MINUTE_MS };
    expect(await count('connect', 'uma')).toEqual({ ...window, isFirst: true });
    jest.advanceTimersByTime(6 * MINUTE_MS);
    expect(await count('connect', 'uma')).toBeNull();
  });

  test('only the first refusal of a window is the first', async () => {
    const { count } = limits();
    const asked = [];
    for (let time = 0; time < 5; time += 1) asked.push(await count('connect', 'uma'));
    expect(asked.map((reached) => reached?.isFirst)).toEqual([undefined, undefined, true, false, false]);
  });

  test('all at once are not more', async () => {
    const { count } = limits();
    const asked = await Promise.all(Array.from({ length: 120 }, () => count('connect', 'uma')));
    expect(asked.filter((reached) => reached === null)).toHaveLength(2);
    expect(asked.filter((reached) => reached?.isFirst)).toHaveLength(1);
  });

  test('others and other things have counts of their own', async () => {
    const { count } = limits();
    await count('look', 'uma');
    expect(await count('look', 'uma')).not.toBeNull();
    expect([await count('look', 'vic'), await count('log', 'uma')]).toEqual([null, null]);
  });

  test('several windows hold at once; what one refused uses up no other', async () => {
    const { count } = limits();
    for (let time = 0; time < 9; time += 1) await count('send', 'uma');
    jest.advanceTimersByTime(MINUTE_MS);
    expect(await count('send', 'uma')).toBeNull();
    expect(await count('send', 'uma')).toMatchObject({ times: 3, retryAfterMs: 59 * MINUTE_MS });
  });

  test('what is taken back does not count, and is no credit in a later window', async () => {
    const { count, takeBack } = limits();
    for (let time = 0; time < 9; time += 1) {
      expect(await count('login', 'uma at localhost')).toBeNull();
      await takeBack('login', 'uma at localhost');
    }
    jest.advanceTimersByTime(10 * MINUTE_MS);
    await takeBack('login', 'uma at localhost');
    const asked = [];
    for (let time = 0; time < 3; time += 1) asked.push(await count('login', 'uma at localhost'));
    expect(asked.map((reached) => reached === null)).toEqual([true, true, false]);
  });

  test('nothing is kept after the end of its window', async () => {
    const { count } = limits();
    for (let user = 0; user < 100; user += 1) await count('look', `user ${user}`);
    expect(jest.getTimerCount()).toBe(100);
    jest.advanceTimersByTime(MINUTE_MS);
    expect(jest.getTimerCount()).toBe(0);
  });
});
