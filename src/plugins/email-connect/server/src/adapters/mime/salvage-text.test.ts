import fc from 'fast-check';
import { salvageText } from './salvage-text';
import { HEAD, inPieces, memoryStorage, messageOf, multipart, part } from './test-support';

const found = async (lines: readonly string[], pieceSize = 64) =>
  (await salvageText(asBuffers(messageOf(lines, 'utf8', pieceSize)), memoryStorage())).map(
    ({ kind, text }) => [kind, text]
  );

async function* asBuffers(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of source) yield Buffer.from(piece);
}

describe('c54: text from the bytes of a message', () => {
  it('is each part that is text, decoded, with its alternatives told', async () => {
    const inner = multipart(
      'alternative',
      part('text/plain', 'plain'),
      part('text/html', '<p>rich</p>')
    ).slice(HEAD.length);
    const lines = [
      ...HEAD,
      'Content-Type: multipart/mixed; boundary=outer',
      '',
      'preamble',
      '--outer',
      ...inner,
      '--outer',
      'Content-Type: application/pdf',
      '',
      'no text',
      '--outer',
      'content-type: text/plain;',
      ' charset=iso-8859-1',
      'Content-Transfer-Encoding: base64',
      '',
      'R3L832U=',
      '--outer--',
      'epilogue',
    ];
    const texts = await salvageText(asBuffers(messageOf(lines)), memoryStorage());
    expect(texts.map(({ kind, text }) => [kind, text])).toEqual([
      ['plain', 'plain'],
      ['html', '<p>rich</p>'],
      ['plain', 'Grüße'],
    ]);
    expect(texts[0]?.ancestors[0]).toBe(texts[1]?.ancestors[0]);
    expect(texts[0]?.ancestors.map(({ multipart: subtype }) => subtype)).toEqual(['alternative', 'mixed']);
    expect(texts[2]?.ancestors.map(({ multipart: subtype }) => subtype)).toEqual(['mixed']);
  });

  it.each([
    ['no body', HEAD, []],
    ['an empty body', [...HEAD, ''], []],
    ['no multipart', [...HEAD, '', 'a', '--', '-- ', 'b'], [['plain', 'a\n--\n-- \nb']]],
    [
      'no boundary named',
      [...HEAD, 'Content-Type: multipart/mixed', '', 'the text'],
      [['plain', 'the text']],
    ],
    [
      'its only part closed before it began',
      [...HEAD, 'Content-Type: multipart/mixed; boundary=b', '', 'the text', '--b--', 'after'],
      [['plain', 'the text']],
    ],
    [
      'a part that only looks like one',
      [...HEAD, 'Content-Type: multipart/mixed', '', '-- ', 'Jane', 'Content: x'],
      [['plain', '-- \nJane\nContent: x']],
    ],
    [
      'a file alone',
      [...HEAD, 'Content-Type: text/plain', 'Content-Disposition: attachment', '', 'file'],
      [],
    ],
  ])('is right for %s', async (_, lines, texts) => expect(await found(lines)).toEqual(texts));

  it('stops at the limit, counted over all parts', async () => {
    const parts = Array.from({ length: 100 }, () => part('text/plain', 'ä'.repeat(10)));
    const texts = await salvageText(
      asBuffers(messageOf(multipart('mixed', ...parts))),
      memoryStorage({ textBytes: 50 })
    );
    expect(texts.map(({ text }) => text).join('')).toBe('ä'.repeat(25));
  });

  it('does not depend on where the bytes are cut, and never rejects', async () => {
    const line = fc.constantFrom(
      '--b',
      '--b--',
      '--c',
      '--c--',
      '--',
      '',
      'Content-Type: text/plain',
      'Content-Type: multipart/mixed; boundary=b',
      'Content-Type: multipart/alternative; boundary=c',
      'Content-Type: multipart/mixed',
      'Content-Type: text/html; charset=utf-7',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment',
      ' folded',
      'Grüße',
      'SGVsbG8=',
      '\r'
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 30 }),
        fc.integer({ min: 1, max: 40 }),
        async (lines, size) => {
          expect(await found(lines, size)).toEqual(await found(lines, 100_000));
        }
      ),
      { numRuns: 300 }
    );
  });

  it('is what was there before the bytes could not be read on', async () => {
    async function* broken() {
      yield* inPieces(
        Buffer.from(multipart('mixed', part('text/plain', 'first'), part('text/plain', 'x')).join('\r\n')),
        200
      );
      throw new Error('disk failed');
    }
    const texts = await salvageText(asBuffers(broken()), memoryStorage());
    expect(texts[0]?.text).toBe('first');
  });
});
