import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Bytes } from '../../ports';

const IN_MEMORY = 1024 * 1024;
const PIECE = 64 * 1024;

/**
 * The bytes of a message while it is read, remembered so that they can be kept as a file when the MIME tree cannot be
 * read.
 */
export interface MessageSpool {
  /** The message, once, in pieces of at most 64 KB. Ends early without closing the source. */
  pass(): AsyncGenerator<Buffer>;
  /** The failure of the source; then the connection broke, not the message. */
  sourceError(): { cause: unknown } | null;
  /** Reads the rest that `pass` left, and resolves with the whole size in bytes. */
  finish(): Promise<number>;
  /** Whether `replay` gives the whole message: it was not over `maxBytes`, and the disk was not full. */
  isWhole(): boolean;
  /** The message again, as far as it was remembered. Call `finish` first. */
  replay(): AsyncGenerator<Buffer>;
  /** At most the first megabyte read so far. */
  head(): Buffer;
  /** Frees the source and the memory. */
  close(): Promise<void>;
}

/**
 * Up to 1 MB stays in memory, the rest goes to a temporary file that loses its name as soon as it exists, so that a
 * crash leaves nothing behind. Beyond `maxBytes` no bytes are remembered, only that there were more.
 */
export const createMessageSpool = (source: Bytes, maxBytes: number): MessageSpool => {
  const pieces = inPieces(source);
  const memory: Buffer[] = [];
  let size = 0;
  let file: FileHandle | null = null;
  let isForgotten = false;
  let failure: { cause: unknown } | null = null;

  const remember = async (piece: Buffer): Promise<void> => {
    const offset = size;
    size += piece.length;
    isForgotten ||= size > maxBytes;
    if (isForgotten) return;
    if (size <= IN_MEMORY) {
      memory.push(piece);
      return;
    }
    try {
      file ??= await openNameless();
      await file.write(piece, 0, piece.length, offset);
    } catch {
      // A full disk for temporary files must not lose a message that can be parsed without them.
      isForgotten = true;
    }
  };

  const readNext = async (): Promise<Buffer | null> => {
    let next: IteratorResult<Buffer>;
    try {
      next = await pieces.next();
    } catch (cause) {
      failure = { cause };
      throw cause;
    }
    if (next.done) return null;
    await remember(next.value);
    return next.value;
  };

  let last: Promise<unknown> = Promise.resolve();
  // One after the other: `finish` may begin while the reader of `pass` still waits for its last piece.
  const nextPiece = (): Promise<Buffer | null> => {
    const step = last.then(readNext);
    last = step.catch(() => null);
    return step;
  };

  async function* pass(): AsyncGenerator<Buffer> {
    for (let piece = await nextPiece(); piece; piece = await nextPiece()) yield piece;
  }

  async function* replay(): AsyncGenerator<Buffer> {
    yield* memory;
    let offset = memory.reduce((sum, piece) => sum + piece.length, 0);
    while (file && offset < size) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE), 0, PIECE, offset);
      if (bytesRead === 0) return;
      offset += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  return {
    pass,
    finish: async () => {
      while (await nextPiece());
      return size;
    },
    isWhole: () => !isForgotten,
    replay,
    sourceError: () => failure,
    head: () => Buffer.concat(memory),
    close: async () => {
      await file?.close();
      await pieces.return(undefined);
    },
  };
};

async function* inPieces(source: Bytes): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let start = 0; start < buffer.length; start += PIECE) yield buffer.subarray(start, start + PIECE);
  }
}

const openNameless = async (): Promise<FileHandle> => {
  const name = path.join(tmpdir(), `email-connect-${randomBytes(12).toString('hex')}`);
  const file = await open(name, 'wx+', 0o600);
  await rm(name);
  return file;
};
