import { createWakeups } from './wakeups';

const never = new AbortController().signal;

describe('wake-ups', () => {
  test('c18: one that comes while nobody waits is kept for the next wait, and many are one', async () => {
    const wakeups = createWakeups();
    wakeups.wake('I');
    wakeups.wake('I');
    expect(await wakeups.wait('I', 60_000, never)).toBe('woken');
    expect(await wakeups.wait('I', 1, never)).toBe('timeout');
  });

  test('a person who asks is heard through any news', async () => {
    const wakeups = createWakeups();
    wakeups.wake('I', 'asked');
    wakeups.wake('I');
    expect(await wakeups.wait('I', 60_000, never)).toBe('asked');
    const waiting = wakeups.wait('I', 60_000, never);
    wakeups.wake('I', 'asked');
    expect(await waiting).toBe('asked');
  });

  test('reach the one inbox they are for', async () => {
    const wakeups = createWakeups();
    const other = wakeups.wait('other', 20, never);
    const waiting = wakeups.wait('I', 60_000, never);
    wakeups.wake('I');
    expect(await waiting).toBe('woken');
    expect(await other).toBe('timeout');
  });

  test('end at once when they are told to stop, before or while they wait', async () => {
    const wakeups = createWakeups();
    const controller = new AbortController();
    const waiting = wakeups.wait('I', 60_000, controller.signal);
    controller.abort();
    expect(await waiting).toBe('aborted');
    expect(await wakeups.wait('I', 60_000, controller.signal)).toBe('aborted');
  });
});
