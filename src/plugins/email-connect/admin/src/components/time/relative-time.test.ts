import { relativeAmount } from './relative-time';

const now = new Date('2026-03-10T12:00:00Z');
const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);

describe('relativeAmount', () => {
  it.each([
    [-10, 0, 'second'],
    [10, 0, 'second'],
    [-50, -1, 'minute'],
    [-125, -2, 'minute'],
    [-3_700, -1, 'hour'],
    [-47 * 3_600, -1, 'day'],
    [-49 * 3_600, -2, 'day'],
    [-40 * 86_400, -1, 'month'],
    [-800 * 86_400, -2, 'year'],
    [300, 5, 'minute'],
  ])('%i s is %i %s', (seconds, amount, unit) => {
    expect(relativeAmount(after(seconds), now)).toEqual({ amount, unit });
  });
});
