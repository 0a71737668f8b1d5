import { getEventListeners } from 'node:events';
import { createClock, createRandom } from '.';

describe('clock', () => {
  it('tells the time of the system', () => {
    const before = Date.now();
    expect(createClock().now().getTime()).toBeGreaterThanOrEqual(before);
  });

  it('sleeps until its time is over, and leaves no listener behind', async () => {
    const { signal } = new AbortController();
    await createClock().sleep(1, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('wakes at once when aborted, and does not reject', async () => {
    const controller = new AbortController();
    const sleeping = createClock().sleep(2 ** 30, controller.signal);
    controller.abort();
    await expect(sleeping).resolves.toBeUndefined();
  });

  it('does not fall asleep when it was aborted before', async () => {
    await expect(createClock().sleep(2 ** 30, AbortSignal.abort())).resolves.toBeUndefined();
  });
});

describe('random', () => {
  it('gives as many bytes as asked for, other ones every time', () => {
    const random = createRandom();
    const drawn = new Set(Array.from({ length: 100 }, () => Buffer.from(random.bytes(16)).toString('hex')));
    expect(drawn.size).toBe(100);
    expect(random.bytes(16)).toHaveLength(16);
  });
});
