import type { MessageLimits } from '../../ports';
import { collectText, textKindOf } from './collect-text';
import type { CollectedText } from './collect-text';
import { partsOf } from './message-parts';
import { createPartScanner } from './scan-parts';
import type { PartScanner, ScannedPart } from './scan-parts';

/** A message with more text parts is made to waste time, not to be read. */
const MOST_TEXTS = 2000;
const LONGEST_LINE = 64 * 1024;
const DASH = 0x2d;

/**
 * The text parts of a message whose MIME tree cannot be read (c54), to the end of its bytes: line by line, without a
 * tree, so that no number of parts, no depth and no size of a header block stops it. Each part found is then decoded
 * like any other. Memory holds one part of at most four times `textBytes`. Never rejects.
 */
export const salvageText = async (
  source: AsyncIterable<Buffer>,
  { textBytes }: MessageLimits
): Promise<CollectedText[]> => {
  const room = { plain: textBytes, html: textBytes };
  const texts: CollectedText[] = [];
  try {
    for await (const { header, body, ancestors } of scannedParts(source, textBytes * 4)) {
      // A text part that names a boundary is split by it too.
      for await (const part of partsOf(Buffer.concat([header, CRLF, body]))) {
        const kind = textKindOf(part, texts.length === 0);
        if (!kind) continue;
        const text = await collectText(part, kind, Math.max(room[kind], 0));
        room[kind] -= Buffer.byteLength(text.text);
        texts.push({ ...text, ancestors });
      }
      if (texts.length >= MOST_TEXTS || (room.plain <= 0 && room.html <= 0)) break;
    }
  } catch {
    // The temporary file cannot be read again: the text found so far is better than none.
  }
  return texts;
};

async function* scannedParts(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<ScannedPart> {
  const scanner = createPartScanner(maxBytes);
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of source) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    let start = 0;
    for (let end = lineEnd(bytes, 0, scanner); end > start; end = lineEnd(bytes, start, scanner)) {
      scanner.readLines(bytes.subarray(start, end));
      start = end;
    }
    rest = bytes.subarray(start);
    if (rest.length > LONGEST_LINE) {
      scanner.readLines(rest);
      rest = Buffer.alloc(0);
    }
    yield* scanner.takeFound();
    if (scanner.isFull()) return;
  }
  scanner.readLines(rest);
  scanner.finish();
  yield* scanner.takeFound();
}

/**
 * The end of the line at `start`; within content, the start of the next line that may be a boundary. 0 when that end
 * has not come yet.
 */
const lineEnd = (bytes: Buffer, start: number, scanner: PartScanner): number => {
  if (bytes[start] === DASH || !scanner.isInContent()) return bytes.indexOf('\n', start) + 1;
  const boundary = bytes.indexOf('\n--', start);
  return (boundary < 0 ? bytes.lastIndexOf('\n') : boundary) + 1;
};

const CRLF = Buffer.from('\r\n');
