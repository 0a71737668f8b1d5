import { startTicker } from './ticker';

describe('the heartbeat of supervision', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
  const everyMs = 15_000;

  test('a.7: beats on when the clock is set back, or forward', async () => {
    let beats = 0;
    const ticker = startTicker(async () => void (beats += 1), fail);
    await pass(everyMs);
    for (const jumpMs of [-3_600_000, 48 * 3_600_000]) {
      jest.setSystemTime(Date.now() + jumpMs);
      await pass(2 * everyMs);
    }
    expect(beats).toBe(5);
    await ticker.stop();
  });

  test('never twice at once, however long it takes', async () => {
    let atOnce = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, (atOnce += 1));
      await new Promise((resolve) => setTimeout(resolve, 100_000));
      atOnce -= 1;
    };
    const ticker = startTicker(task, fail);
    await pass(400_000);
    expect(most).toBe(1);
    const stopped = ticker.stop();
    await pass(100_000);
    await stopped;
  });

  test('a failure is told, and ends nothing', async () => {
    const told: unknown[] = [];
    const ticker = startTicker(
      async () => Promise.reject(new Error('away')),
      (error) => void told.push(error)
    );
    await pass(3 * everyMs + 100);
    expect(told).toHaveLength(3);
    await ticker.stop();
  });

  test('what hangs keeps nobody from stopping it for longer than its patience, and nothing comes after', async () => {
    let beats = 0;
    const ticker = startTicker(() => new Promise(() => void (beats += 1)), fail);
    await pass(everyMs);
    const stopped = ticker.stop();
    await pass(10_000);
    await stopped;
    await pass(10 * everyMs);
    expect(beats).toBe(1);
  });
});

const fail = (error: unknown): never => {
  throw error;
};
