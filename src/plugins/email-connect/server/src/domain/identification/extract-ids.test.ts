import fc from 'fast-check';
import { extractIds } from './extract-ids';
import { bracketed, canonicalMessageId } from './message-id';

describe('c34: ids however they are written', () => {
  it.each<[string, string[], string[]]>([
    ['one', ['<a@x>'], ['a@x']],
    ['several', ['<a@x> <b@x>'], ['a@x', 'b@x']],
    ['glued together', ['<a@x><b@x>'], ['a@x', 'b@x']],
    ['with commas', ['<a@x>,<b@x>, <c@x>'], ['a@x', 'b@x', 'c@x']],
    ['with tabs', ['<a@x>\t<b@x>'], ['a@x', 'b@x']],
    ['in a sentence', ['Your message of "Mon, 1 Jan 2001 10:00:00" <a@x>'], ['a@x']],
    ['with a comment', ["<a@x> (Ann's message of 1 Jan)"], ['a@x']],
    ['after an address', ['ann@x.org <a@x>'], ['a@x']],
    ['beside a name in brackets', ['<Jane Doe> wrote <a@x>'], ['a@x']],
    ['folded within', ['<long.left.part\r\n @x.org>'], ['long.left.part@x.org']],
    ['folded within, unfolded', ['<long.left. part@x.org>'], ['long.left.part@x.org']],
    ['spaces beside the brackets', ['< a@x >'], ['a@x']],
    ['double brackets', ['<<a@x>>'], ['a@x']],
    ['no brackets', ['a@x'], ['a@x']],
    ['several without brackets', ['a@x b@x,c@x'], ['a@x', 'b@x', 'c@x']],
    ['no bracket at the end', ['<a@x'], ['a@x']],
    ['cut within the last (c35)', ['<a@x> <b@'], ['a@x']],
    ['encoded in Q', ['=?utf-8?Q?=3Ca_b=40x=3E?='], ['ab@x']],
    ['encoded in B', ['=?us-ascii?B?PGFAeD4=?='], ['a@x']],
    ['encoded in two words', ['=?utf-8?Q?=3Clong=2E?= =?utf-8?Q?left=40x=3E?='], ['long.left@x']],
    [
      'encoded in two words, without brackets',
      ['=?utf-8?Q?long=2Eleft?=\r\n =?utf-8?Q?=40x.org?='],
      ['long.left@x.org'],
    ],
    ['encoded, without brackets', ['=?utf-8?Q?a=40x?='], ['a@x']],
    ['brackets inside of an encoded word are taken as they are', ['=?utf-8?Q?<a=40x>?='], ['a=40x']],
    ['no decodable base64', ['=?utf-8?B?*?='], []],
    ['two header fields', ['<a@x>', '<b@x>'], ['a@x', 'b@x']],
    ['each once, in the order written', ['<b@x> <a@x>', '<b@x>'], ['b@x', 'a@x']],
    ['domains in lower case, left parts as written', ['<Ab@X.ORG> <ab@x.org>'], ['Ab@x.org', 'ab@x.org']],
    ['no @ at all (old Notes)', ['<OF12345678.0012>'], ['OF12345678.0012']],
    [
      'Outlook signs',
      ['<AM0PR04MB1234+5=6$x@eurprd04.prod.outlook.com>'],
      ['AM0PR04MB1234+5=6$x@eurprd04.prod.outlook.com'],
    ],
    ['a quoted left part', ['<"a b"@x>'], ['"ab"@x']],
    ['empty brackets', ['<>'], []],
    ['text only', ['Your message of Monday'], []],
    ['a lonely @', ['@ abc@ @xyz'], []],
    ['nothing', [], []],
    ['an id longer than a line', [`<${'a'.repeat(1_200)}@x>`], []],
  ])('%s', (_, values, expected) => {
    expect(extractIds(values)).toEqual(expected);
  });
});

describe('bounds', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, i) => `<${i}@x>`).join('');

  it('keeps all of 1,000', () => {
    expect(extractIds([ids(1_000)])).toHaveLength(1_000);
  });

  it('keeps the first 20 and the last 200 of more', () => {
    const kept = extractIds([ids(1_001)]);
    expect(kept).toHaveLength(220);
    expect([kept[0], kept[19], kept[20], kept[219]]).toEqual(['0@x', '19@x', '801@x', '1000@x']);
  });

  // Any of these takes minutes where a scan starts over at every character.
  it.each([
    ['no @', 'a'.repeat(4_000_000)],
    ['open brackets', '<'.repeat(4_000_000)],
    ['one open bracket', `<${'a '.repeat(2_000_000)}`],
    ['open encoded words', '=?u?Q?'.repeat(600_000)],
    ['white space between words', `?=${' '.repeat(2_000_000)}`],
    ['ends of words', '?= '.repeat(1_000_000)],
    ['@ only', '@'.repeat(4_000_000)],
  ])('reads megabytes of %s', (_, value) => {
    expect(extractIds([value]).length).toBeLessThanOrEqual(1_000);
  });
});

describe('properties', () => {
  const unit = fc.constantFrom(
    'a',
    'B',
    '1',
    '.',
    '@',
    '<',
    '>',
    ' ',
    ',',
    '(',
    '"',
    '=',
    '?',
    'Q',
    '\r\n ',
    '\t',
    '\xff'
  );

  it('is total, and what it finds is canonical and there once', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit, maxLength: 80 }), { maxLength: 4 }), (values) => {
        const found = extractIds(values);
        expect(new Set(found).size).toBe(found.length);
        for (const id of found) expect(canonicalMessageId(id)).toBe(id);
      }),
      { numRuns: 500 }
    );
  });

  it('finds every id again, whatever stands between two', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9.$+=-]{1,40}@[a-z0-9.-]{1,40}$/);
    const separator = fc.constantFrom('', ' ', ',', '\r\n ', '\t', ' (then) ', ', ');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(id, separator), { minLength: 1, maxLength: 30, selector: ([text]) => text }),
        (pairs) => {
          const expected = pairs.map(([text]) => canonicalMessageId(text)!);
          const value = expected.map((one, i) => bracketed(one) + (pairs[i]?.[1] ?? '')).join('');
          expect(extractIds([value])).toEqual(expected);
        }
      )
    );
  });
});
