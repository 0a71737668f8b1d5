import fc from 'fast-check';
import { extractIds } from './extract-ids';
import { bracketed } from './message-id';
import { isMinted, mintMessageId, mintThreadToken } from './mint';
import type { MessageId } from './message-id';

const sign = (key: string) => (text: string) =>
  [...`${key}${text}`]
    .reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 2 ** 40, 7)
    .toString(36)
    .padStart(10, 'a')
    .slice(0, 10);

const input = (change: Partial<Parameters<typeof mintMessageId>[0]> = {}) => ({
  at: new Date('2026-03-01T10:00:00.000Z'),
  random: Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 254, 255]),
  domain: 'crm.test',
  sign: sign('key'),
  ...change,
});

describe('S14: ids of our own', () => {
  it('has a kind, time with random bits, a signature and the domain', () => {
    expect(mintMessageId(input())).toMatch(/^c\.[0-9a-hjkmnp-tv-z]{26}\.[0-9a-z]{10}@crm\.test$/);
    expect(mintThreadToken(input())).toMatch(/^t\.[0-9a-hjkmnp-tv-z]{26}\.[0-9a-z]{10}@crm\.test$/);
  });

  it('holds all random bits', () => {
    const tail = (random: number[]) =>
      mintMessageId(input({ random: Uint8Array.from(random) })).slice(12, 28);
    expect(tail(Array(10).fill(0))).toBe('0'.repeat(16));
    expect(tail(Array(10).fill(255))).toBe('z'.repeat(16));
    expect(tail([0, 0, 0, 0, 0, 0, 0, 0, 0, 1])).toBe(`${'0'.repeat(15)}1`);
  });

  it('sorts by time', () => {
    const times = ['1970-01-01', '2001-09-09', '2026-03-01', '2026-03-02', '9999-12-31'];
    const ids = times.map((time) => mintMessageId(input({ at: new Date(time) })));
    expect([...ids].sort()).toEqual(ids);
  });

  it.each([
    ['an ordinary domain', 'crm.test', '@crm.test'],
    ['capitals', 'CRM.Test', '@crm.test'],
    ['an underscore', 'my_host.test', '@my-host.test'],
    ['a long domain', `${'a'.repeat(60)}.${'b'.repeat(60)}.crm.test`, `@${'b'.repeat(60)}.crm.test`],
    ['no domain', '', '@localhost'],
  ])('has no underscore and is below 120 characters: %s', (_, domain, end) => {
    const id = mintMessageId(input({ domain }));
    expect(id.endsWith(end)).toBe(true);
    expect(id).not.toContain('_');
    expect(id.length).toBeLessThan(120);
  });

  it('refuses too few random bytes', () => {
    expect(() => mintMessageId(input({ random: new Uint8Array(9) }))).toThrow('10 random bytes');
  });
});

describe('isMinted', () => {
  const id = mintMessageId(input());

  it.each<[string, string, boolean]>([
    ['our message', id, true],
    ['our thread token', mintThreadToken(input()), true],
    ['a message under another key', mintMessageId(input({ sign: sign('other') })), false],
    ['a message made a token', id.replace(/^c/, 't'), false],
    ['other random bits', id.replace(/^(c\..{12})./, '$1y'), false],
    ['another domain', id.replace('crm.test', 'evil.test'), false],
    ['no signature', id.replace(/\.[0-9a-z]{10}@/, '@'), false],
    ['a stranger', 'CAF+abc@mail.gmail.com', false],
  ])('%s', (_, candidate, expected) => {
    expect(isMinted(candidate as MessageId, sign('key'))).toBe(expected);
  });

  it('holds for every id after a journey through a header', () => {
    const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
    const time = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(bytes, time, fc.domain(), (random, at, domain) => {
        const minted = mintMessageId(input({ random, at, domain }));
        const [found] = extractIds([`text ${bracketed(minted)}, <x@y>`]);
        expect(found).toBe(minted);
        expect(isMinted(found!, sign('key'))).toBe(true);
        expect(minted.length).toBeLessThan(120);
      })
    );
  });
});
