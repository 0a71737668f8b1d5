import { parseMessage } from './parse-message';
import { countingStorage } from './test-support';

const MEGABYTE = 1024 * 1024;
const SIZE = 80 * MEGABYTE;
const LINE = `${'QUJD'.repeat(19)}\r\n`; // 57 bytes of content
const PIECE = Buffer.from(LINE.repeat(1000));

/** A message with one part of 80 MB, made while it is read. */
async function* largeMessage(partHeader: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(
    'Subject: large\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n'
  );
  yield Buffer.from(`--b\r\n${partHeader}\r\n\r\n`);
  for (let sent = 0; sent < SIZE; sent += PIECE.length) yield Buffer.from(PIECE);
  yield Buffer.from('--b--\r\n');
}

const peakOf = (): { sample: () => void; megabytes: () => number } => {
  const before = process.memoryUsage();
  let peak = 0;
  const sample = () => {
    const now = process.memoryUsage();
    peak = Math.max(peak, now.external - before.external + now.heapUsed - before.heapUsed);
  };
  return { sample, megabytes: () => peak / MEGABYTE };
};

describe('memory', () => {
  it('does not grow with a file of 80 MB', async () => {
    const peak = peakOf();
    const message = await parseMessage(
      largeMessage('Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64'),
      {
        ...countingStorage(peak.sample),
        textBytes: MEGABYTE,
      }
    );
    expect(message).toMatchObject({ text: 'hello', attachments: [{ state: 'stored' }] });
    expect(message.attachments[0]!.size).toBeGreaterThan(50 * MEGABYTE);
    expect(peak.megabytes()).toBeLessThan(60);
  });

  it('does not grow with a file over the limit, nor with what storage refuses to take', async () => {
    const peak = peakOf();
    async function* watched() {
      for await (const piece of largeMessage('Content-Type: application/pdf')) {
        peak.sample();
        yield piece;
      }
    }
    const message = await parseMessage(watched(), {
      ...countingStorage(peak.sample),
      attachmentBytes: 10 * MEGABYTE,
      textBytes: MEGABYTE,
    });
    expect(message.attachments).toMatchObject([{ state: 'too-large' }]);
    expect(peak.megabytes()).toBeLessThan(60);
  });

  it('does not grow with a text of 80 MB', async () => {
    const peak = peakOf();
    async function* watched() {
      for await (const piece of largeMessage('Content-Type: text/plain')) {
        peak.sample();
        yield piece;
      }
    }
    const message = await parseMessage(watched(), {
      ...countingStorage(peak.sample),
      attachmentBytes: MEGABYTE,
      textBytes: MEGABYTE,
    });
    expect(message.parsedAs).toBe('mime');
    expect(Buffer.byteLength(message.text)).toBeLessThanOrEqual(MEGABYTE);
    expect(message.text.length).toBeGreaterThan(MEGABYTE * 0.9);
    expect(peak.megabytes()).toBeLessThan(60);
  });
});
