import { growBytes } from './grow-bytes';

/** Passes the pieces of `content` through, and keeps the first `maxBytes` of them for afterwards. */
export const rememberStart = (
  content: AsyncIterable<Buffer>,
  maxBytes: number
): { content: AsyncGenerator<Buffer>; start: () => Buffer } => {
  const start = growBytes(maxBytes);
  async function* pass(): AsyncGenerator<Buffer> {
    for await (const piece of content) {
      start.add(piece);
      yield piece;
    }
  }
  return { content: pass(), start: () => start.bytes() };
};
