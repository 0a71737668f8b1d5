import { dayBefore } from './day-before';

describe('dayBefore', () => {
  it('goes back over months and leap days', () => {
    expect(dayBefore(new Date('2024-03-01T23:59:00Z'), 1)).toBe('2024-02-29');
    expect(dayBefore(new Date('2026-03-01T00:00:00Z'), 365)).toBe('2025-03-01');
  });
});
