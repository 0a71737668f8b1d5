import { siteTokens } from './site-tokens';

describe('S33: whether tokens for all content of a site read its mail', () => {
  it.each([
    [true, false, 'on'],
    [true, true, 'on'],
    [false, false, 'off'],
    [false, true, 'off'],
    [undefined, false, 'off'],
    [undefined, true, 'undecided'],
  ] as const)('the site says %s, and they read mail before: %s', (said, readBefore, expected) => {
    expect(siteTokens(said, readBefore)).toBe(expected);
  });
});
