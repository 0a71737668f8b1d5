import { shorten } from './shorten';

const access = { username: 'ann', password: 'pass "word\\' };
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

describe('S36: what a server said', () => {
  test.each([
    ['as it is', `LOGIN ann ${access.password} failed`],
    ['as an IMAP quoted string', 'LOGIN ann "pass \\"word\\\\" failed'],
    ['as AUTH PLAIN sends it', `unknown command ${base64(`\0ann\0${access.password}`)}`],
    ['as AUTH LOGIN sends it', `unknown command ${base64(access.password)}`],
  ])('is kept without the password, %s', (_how, text) => {
    const kept = shorten(text, access);
    expect(kept).toContain('***');
    expect(kept).not.toContain('word');
    expect(kept).not.toContain(base64(access.password).slice(0, 8));
  });

  test('is one line without control characters', () => {
    expect(shorten('a\r\nb\u001b[31m\0c\u0085d', access)).toBe('a b [31m c d');
  });

  test('is at most 300 characters', () => {
    expect(shorten('x'.repeat(5000), access)).toHaveLength(300);
  });

  test('is not blotted out by a password of one letter', () => {
    expect(shorten('authentication failed', { username: 'ann', password: 'a' })).toBe(
      'authentication failed'
    );
  });
});
