import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Bytes } from '../../ports';
import { parseMessage } from './parse-message';
import { salvageText } from './salvage-text';
import { countingStorage } from './test-support';

const MEGABYTE = 1024 * 1024;
const SIZE = 100 * MEGABYTE;
const LINE = `${'QUJD'.repeat(19)}\r\n`; // 57 bytes of content
const PIECE = Buffer.from(LINE.repeat(1000));
const PIECES_PER_SAMPLE = 100;
const BOUND = 40; // MB

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** 100 MB, made while it is read, between a start and an end. */
async function* largeMessage(start: string, end: string, piece = PIECE): AsyncGenerator<Uint8Array> {
  yield Buffer.from(start);
  for (let sent = 0; sent < SIZE; sent += piece.length) yield Buffer.from(piece);
  yield Buffer.from(end);
}

const withPart = (partHeader: string): AsyncGenerator<Uint8Array> =>
  largeMessage(
    `Subject: large\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\n${partHeader}\r\n\r\n`,
    '--b--\r\n'
  );

/** What is held, without what only waits to be collected. */
const peakOf = (): { watch: (source: Bytes) => Bytes; megabytes: () => number } => {
  collectGarbage();
  const before = process.memoryUsage();
  let peak = 0;
  let pieces = 0;
  const sample = () => {
    collectGarbage();
    const now = process.memoryUsage();
    peak = Math.max(peak, now.external - before.external + now.heapUsed - before.heapUsed);
  };
  async function* watch(source: Bytes): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      if (pieces % PIECES_PER_SAMPLE === 0) sample();
      pieces += 1;
      yield piece;
    }
    sample();
  }
  return { watch, megabytes: () => peak / MEGABYTE };
};

const limitsWith = (attachmentBytes: number) => ({
  ...countingStorage(() => undefined),
  attachmentBytes,
  textBytes: MEGABYTE,
});

describe('memory', () => {
  it('c55: does not grow with a file of 100 MB', async () => {
    const peak = peakOf();
    const message = await parseMessage(
      peak.watch(withPart('Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64')),
      limitsWith(Number.MAX_SAFE_INTEGER)
    );
    expect(message).toMatchObject({ text: 'hello', attachments: [{ state: 'stored' }] });
    expect(message.attachments[0]!.size).toBeGreaterThan(70 * MEGABYTE);
    expect(peak.megabytes()).toBeLessThan(BOUND);
  });

  it('c55: does not grow with a file over the limit', async () => {
    const peak = peakOf();
    const message = await parseMessage(
      peak.watch(withPart('Content-Type: application/pdf')),
      limitsWith(10 * MEGABYTE)
    );
    expect(message.attachments).toMatchObject([{ state: 'too-large' }]);
    expect(peak.megabytes()).toBeLessThan(BOUND);
  });

  it('c54: does not grow with a text of 100 MB', async () => {
    const peak = peakOf();
    const message = await parseMessage(
      peak.watch(withPart('Content-Type: text/plain')),
      limitsWith(MEGABYTE)
    );
    expect(message.parsedAs).toBe('mime');
    expect(Buffer.byteLength(message.text)).toBeLessThanOrEqual(MEGABYTE);
    expect(message.text.length).toBeGreaterThan(MEGABYTE * 0.9);
    expect(peak.megabytes()).toBeLessThan(BOUND);
  });

  const hostile: [string, () => AsyncGenerator<Uint8Array>][] = [
    ['a nested message of 100 MB that is one header block', () => withPart('Content-Type: message/rfc822')],
    [
      'a header block of 100 MB',
      () => largeMessage('Subject: large\r\n', '\r\n\r\nhello', Buffer.from(`X: ${LINE}`.repeat(800))),
    ],
    [
      'a header field of 100 MB',
      () => largeMessage('Subject: large\r\nX: ', '\r\n\r\nhello', Buffer.alloc(60_000, 0x61)),
    ],
    [
      '100 MB of boundary lines',
      () =>
        largeMessage(
          'Content-Type: multipart/mixed; boundary=b\r\n\r\n',
          '',
          Buffer.from('--b\r\n'.repeat(10_000))
        ),
    ],
    [
      '100 MB of multiparts, each in the one before',
      () =>
        largeMessage(
          '',
          '',
          Buffer.from('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'.repeat(1000))
        ),
    ],
    [
      '100 MB of empty lines after too many parts',
      () =>
        largeMessage(
          `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(1100)}`,
          '',
          Buffer.from('\n'.repeat(60_000))
        ),
    ],
  ];

  it.each(hostile)('c54: does not grow with %s', async (_, source) => {
    const peak = peakOf();
    const message = await parseMessage(peak.watch(source()), limitsWith(25 * MEGABYTE));
    expect(message.attachments).toMatchObject([{ state: 'too-large' }]);
    expect(peak.megabytes()).toBeLessThan(BOUND);
  });

  it.each(hostile)('c54: looking for text does not grow with %s', async (_, source) => {
    const peak = peakOf();
    async function* buffers() {
      for await (const piece of peak.watch(source())) yield Buffer.from(piece);
    }
    await salvageText(buffers(), limitsWith(25 * MEGABYTE));
    expect(peak.megabytes()).toBeLessThan(BOUND);
  });
});
