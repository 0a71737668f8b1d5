import type { Transform } from 'node:stream';
import type { MimeNode } from '@zone-eu/mailsplit';
import type { ChunkReader } from './chunk-reader';

/** How many bytes of a part show whether it is in the transfer encoding that it names. */
const TELLING_BYTES = 256;
/** Words, markup or raw 8-bit text: base64 has none of them (RFC 2045 6.8). */
const UNENCODED = /[\u0080-\u00ff<>]|[\w.,;:!?][ \t]+\w/;

/**
 * The bytes of the part that the reader is at, transfer encoding undone (RFC 2045 6). Broken encodings give as much
 * as can be decoded.
 */
export async function* decodePart(
  node: MimeNode,
  isText: boolean,
  reader: ChunkReader
): AsyncGenerator<Buffer> {
  const start = isText && node.encoding === 'base64' ? await readStart(reader) : [];
  const decoder = isUnencoded(start) ? null : decoderOf(node);
  for (const piece of start) yield* decoder ? readAfter(decoder, () => decoder.write(piece)) : [piece];
  for (let chunk = await reader.peek(); chunk?.type === 'body'; chunk = await reader.peek()) {
    await reader.next();
    if (!chunk.value) continue;
    if (!decoder) yield chunk.value;
    else yield* readAfter(decoder, () => decoder.write(chunk.value));
  }
  if (decoder) yield* rest(decoder);
}

const readStart = async (reader: ChunkReader): Promise<Buffer[]> => {
  const pieces: Buffer[] = [];
  let size = 0;
  while (size < TELLING_BYTES) {
    const chunk = await reader.peek();
    if (chunk?.type !== 'body') break;
    await reader.next();
    if (!chunk.value) continue;
    pieces.push(chunk.value);
    size += chunk.value.length;
  }
  return pieces;
};

/** Some senders name base64 and send plain text; decoding it would give noise. */
const isUnencoded = (start: readonly Buffer[]): boolean =>
  UNENCODED.test(Buffer.concat(start).toString('latin1', 0, TELLING_BYTES));

const decoderOf = (node: MimeNode): Transform | null =>
  node.encoding === 'base64' || node.encoding === 'quoted-printable' ? node.getDecoder() : null;

/** These decoders transform synchronously, so the output can be read without a turn of the event loop. */
function* readAfter(decoder: Transform, write: () => void): Generator<Buffer> {
  write();
  for (let piece: unknown = decoder.read(); piece !== null; piece = decoder.read()) {
    if (Buffer.isBuffer(piece)) yield piece;
  }
}

async function* rest(decoder: Transform): AsyncGenerator<Buffer> {
  decoder.end();
  for await (const piece of decoder) if (Buffer.isBuffer(piece)) yield piece;
}
