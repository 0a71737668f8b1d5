import { afterLine, isFlood, wholeAllowance } from './unasked-news';

const PATIENCE_MS = 10_000;

/** Lines of so many bytes come as soon as they are read, for at most `forMs`; when they were read, and whether it was a flood. */
const told = (bytes: number, forMs: number, everyMs = 0) => {
  let now = 0;
  let lines = 0;
  let waits = 0;
  let allowance = wholeAllowance(now);
  while (now <= forMs) {
    const after = afterLine(allowance, bytes, now);
    if (isFlood(after, PATIENCE_MS)) return { lines, waits, endedAt: now };
    ({ allowance } = after);
    lines += 1;
    if (after.waitMs > 0) waits += 1;
    now += after.waitMs + everyMs;
  }
  return { lines, waits, endedAt: null };
};

describe('S47: what a server says unasked', () => {
  test('without end is read ever more slowly, and then not at all', () => {
    const { lines, waits, endedAt } = told(20, 3_600_000);
    expect(endedAt).toBeGreaterThan(PATIENCE_MS - 1_000);
    expect(endedAt).toBeLessThanOrEqual(PATIENCE_MS);
    expect(lines).toBeLessThan(30_000);
    expect(waits).toBeLessThan(150);
  });

  test('is read at once where it is the end of a large folder', () => {
    let after = { allowance: wholeAllowance(0), waitMs: 0 };
    const waits = Array.from({ length: 18_000 }, () => {
      after = afterLine(after.allowance, 20, 0);
      return after.waitMs;
    });
    expect(Math.max(...waits)).toBe(0);
    expect(after.allowance.overSince).toBeNull();
  });

  test('is borne for ever at a rate that takes nothing', () => {
    expect(told(20, 600_000, 3)).toMatchObject({ waits: 0, endedAt: null });
  });

  test('is weighed: a few lines of many megabytes are a flood as well', () => {
    expect(told(16_000_000, 3_600_000).lines).toBeLessThan(3);
  });

  test('is forgiven once the server let up', () => {
    const over = { left: -1, at: 0, overSince: 0 };
    expect(afterLine(over, 20, 1_000).allowance.overSince).toBe(0);
    expect(afterLine(over, 20, 20_000).allowance.overSince).toBeNull();
  });
});
