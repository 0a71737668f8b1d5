import type { Socket } from 'node:net';

/** Far above any greeting; a server that never ends its line must not fill the memory (c29). */
const LONGEST_LINE = 16_384;

/** Reads lines from a clear-text socket; `end` gives the socket back, untouched. */
export interface LineReader {
  /** The next line without its end. Rejects when the connection ends first or the line is endless. */
  next(): Promise<string>;
  /** Stops reading. Returns the bytes that were read but not asked for: after STARTTLS there must be none. */
  end(): string;
}

/** The socket keeps its own error and time-out handling: a reader only rejects on `close`. */
export const readLines = (socket: Socket): LineReader => {
  let buffer = '';
  let failure: Error | null = null;
  let wake: () => void = () => undefined;

  const onData = (chunk: Buffer) => {
    buffer += chunk.toString('latin1');
    wake();
  };
  const onError = (error: Error) => {
    failure = error;
    wake();
  };
  const onClose = () => {
    failure ??= Object.assign(new Error('The server closed the connection.'), { code: 'ECONNRESET' });
    wake();
  };
  socket.on('data', onData).on('error', onError).on('close', onClose);

  return {
    next: async () => {
      for (;;) {
        const end = buffer.indexOf('\n');
        if (end >= 0) {
          const line = buffer.slice(0, end).replace(/\r$/, '');
          buffer = buffer.slice(end + 1);
          return line;
        }
        if (buffer.length > LONGEST_LINE)
          throw Object.assign(new Error('The server sent an endless line.'), { code: 'LineTooLarge' });
        if (failure) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    end: () => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      socket.pause();
      return buffer;
    },
  };
};
