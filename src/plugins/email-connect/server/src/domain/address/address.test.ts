import fc from 'fast-check';
import { EmailConnectError } from '../errors';
import { domainOf, normalizeAddress, parseRecipient } from './address';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof EmailConnectError) return error.code;
    throw error;
  }
  return 'nothing thrown';
};

describe('normalizeAddress', () => {
  it.each([
    ['Ann@Example.ORG', 'ann@example.org'],
    ['  ann@example.org ', 'ann@example.org'],
    ['<ann@example.org>', 'ann@example.org'],
    ['ann@example.org.', 'ann@example.org'],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
    ['ann@BÜCHER.example', 'ann@xn--bcher-kva.example'],
    ['ann@xn--bcher-kva.example', 'ann@xn--bcher-kva.example'],
    ['用户@例え.テスト', '用户@xn--r8jz45g.xn--zckzah'],
    ['"a@b"@example.org', '"a@b"@example.org'],
    ['ann+crm@example.org', 'ann+crm@example.org'],
    ['a.n.n@gmail.com', 'a.n.n@gmail.com'],
    ['ann@1.2', 'ann@1.2'],
    ['ann@[192.0.2.1]', 'ann@[192.0.2.1]'],
    ['ann@bü/cher.example', 'ann@bü/cher.example'],
    ['Undisclosed', 'undisclosed'],
    ['', ''],
  ])('%j becomes %j', (address, expected) => {
    expect(normalizeAddress(address)).toBe(expected);
  });

  it('never throws, and is the same of itself', () => {
    const unit = fc.constantFrom('a', 'Ü', '@', '.', ' ', '<', '>', '/', ':', '%', '\0', 'ﬀ', '例');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
        const once = normalizeAddress(`x${text}`);
        expect(normalizeAddress(once)).toBe(once);
      }),
      { numRuns: 1_000 }
    );
  });
});

it.each([
  ['Ann@Example.ORG', 'example.org'],
  ['"a@b"@bücher.example', 'xn--bcher-kva.example'],
  ['nobody', ''],
])('domainOf(%j) is %j', (address, expected) => {
  expect(domainOf(address)).toBe(expected);
});

describe('parseRecipient', () => {
  it.each([
    ['ann@example.org', 'ann@example.org', ''],
    [' Ann@Example.org ', 'Ann@Example.org', ''],
    ['<ann@example.org>', 'ann@example.org', ''],
    ['Ann Bell <ann@example.org>', 'ann@example.org', 'Ann Bell'],
    ['"Bell, Ann" <ann@example.org>', 'ann@example.org', 'Bell, Ann'],
    ['"A \\"B\\" C" <ann@example.org>', 'ann@example.org', 'A "B" C'],
    ['"<boss@x.org>" <ann@example.org>', 'ann@example.org', '<boss@x.org>'],
    ['Bell, Ann <ann@example.org>', 'ann@example.org', 'Bell, Ann'],
    ['Änne Größer <änne@bücher.example>', 'änne@bücher.example', 'Änne Größer'],
    ['root@localhost', 'root@localhost', ''],
    ["o'hara+x=y{z}@sub.example.org", "o'hara+x=y{z}@sub.example.org", ''],
    ['"a b"@example.org', '"a b"@example.org', ''],
    ['Ann\tBell <ann@example.org>', 'ann@example.org', 'Ann Bell'],
  ])('%j', (input, address, displayName) => {
    expect(parseRecipient(input)).toEqual({ address, displayName });
  });

  it.each([
    ['nothing', ''],
    ['no @', 'ann'],
    ['no left part', '@example.org'],
    ['no domain', 'ann@'],
    ['two addresses', 'ann@example.org, bob@example.org'],
    [
      'two addresses, one named',
      'ann@example.org, Bob <bob@example.org>'.replace('ann', '<ann').replace('org,', 'org>,'),
    ],
    ['a name in an open quote', '"Ann <ann@example.org>'],
    ['two brackets', 'Ann <x@y.org> <ann@example.org>'],
    ['an open bracket', 'Ann <ann@example.org'],
    ['text behind', 'ann@example.org (Ann)'],
    ['white space within', 'an n@example.org'],
    ['a line separator before the domain', 'ann@\u2028example.org'],
    ['two dots', 'a..b@example.org'],
    ['a dot at the end', 'ann.@example.org'],
    ['a label with a hyphen first', 'ann@-example.org'],
    ['an empty label', 'ann@example..org'],
    ['a slash in the domain', 'ann@example.org/x'],
    ['a colon in the domain', 'ann@example.org:25'],
    ['a left part over 64', `${'a'.repeat(65)}@example.org`],
    ['a domain over 253', `ann@${'a23456789.'.repeat(26)}org`],
    ['an invisible character', 'ann\u200b@example.org'],
    ['a right-to-left override', 'ann\u202e@example.org'],
    ['a control character', 'ann\u0007@example.org'],
  ])('refuses %s', (_, input) => {
    expect(codeOf(() => parseRecipient(input))).toBe('ADDRESS_INVALID');
  });

  it.each([
    ['a line feed', 'ann@example.org\nBcc: bob@example.org'],
    ['a carriage return', 'ann@example.org\rBcc: bob@example.org'],
    ['a line break in the name', 'Ann\r\nBcc: bob@example.org <ann@example.org>'],
    ['a line break in quotes', '"Ann\r\n" <ann@example.org>'],
    ['a line break at the end', 'ann@example.org\r\n'],
    ['NUL', 'ann@example.org\0'],
  ])('S37: refuses %s', (_, input) => {
    expect(codeOf(() => parseRecipient(input))).toBe('HEADER_INJECTION');
  });

  it('gives one line or nothing, whatever is typed', () => {
    const unit = fc.constantFrom(
      'a',
      '@',
      '.',
      ' ',
      '<',
      '>',
      '"',
      '\\',
      ',',
      '\r',
      '\n',
      '\0',
      '\u2028',
      'ü'
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (input) => {
        try {
          const { address, displayName } = parseRecipient(input);
          expect(address).toMatch(/^\S.*@[^\s@<>]+$/);
          expect(`${address}${displayName}`).not.toMatch(/[\r\n\0]/);
        } catch (error) {
          expect(error).toBeInstanceOf(EmailConnectError);
        }
      }),
      { numRuns: 1_000 }
    );
  });
});
