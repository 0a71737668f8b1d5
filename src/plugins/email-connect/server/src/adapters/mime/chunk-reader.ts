import type { MimeNode, Splitter } from '@zone-eu/mailsplit';

export type SplitChunk = MimeNode | { type: 'body' | 'data' | 'none'; value?: Buffer };

/** Reads the splitter's chunks one after the other, with one chunk of look-ahead. */
export interface ChunkReader {
  next(): Promise<SplitChunk | null>;
  peek(): Promise<SplitChunk | null>;
}

export const createChunkReader = (splitter: Splitter): ChunkReader => {
  const chunks: AsyncIterator<SplitChunk> = splitter[Symbol.asyncIterator]();
  let ahead: { chunk: SplitChunk | null } | null = null;
  const read = async (): Promise<SplitChunk | null> => {
    const { done, value } = await chunks.next();
    return done ? null : value;
  };
  return {
    next: async () => {
      const chunk = ahead ? ahead.chunk : await read();
      ahead = null;
      return chunk;
    },
    peek: async () => (ahead ??= { chunk: await read() }).chunk,
  };
};
