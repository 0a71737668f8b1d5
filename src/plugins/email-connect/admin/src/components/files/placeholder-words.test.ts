import { placeholderWords } from './placeholder-words';

const now = new Date('2026-03-10T12:00:00Z');

describe('S49: what is said of a file that is not here', () => {
  it.each([
    ['too-large', null, 'too-large'],
    ['failed', null, 'failed'],
    ['failed', '2026-03-10T12:05:00.000Z', 'waiting'],
    ['failed', '2026-03-10T12:00:00.000Z', 'due'],
    ['too-large', '1970-01-01T00:00:00.000Z', 'due'],
  ] as const)('%s, fetched again at %s: %s', (state, retryAt, words) => {
    expect(placeholderWords({ state, retryAt }, now)).toBe(words);
  });
});
