import { connect } from 'node:net';
import type { MailServer } from './mail-server';

/** Speaks IMAP by hand on the unencrypted port, for input that a well-behaved client never sends. */
export const rawClient = async (server: MailServer) => {
  const socket = connect(server.imapPort, '127.0.0.1');
  let received = '';
  let isClosed = false;
  let wake: () => void = () => undefined;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
    wake();
  });
  socket.on('close', () => {
    isClosed = true;
    wake();
  });
  socket.on('error', () => undefined);

  /** Takes the input up to and including the first match; rejects when the connection closes before. */
  const until = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const match = pattern.exec(received);
      if (match) {
        const end = match.index + match[0].length;
        const taken = received.slice(0, end);
        received = received.slice(end);
        return taken;
      }
      if (isClosed) throw new Error(`Closed after: ${received}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };

  const send = (bytes: string | Buffer): void => {
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  };

  /** Sends one command and takes the input up to its tagged answer. */
  const say = (command: string, tag = 't'): Promise<string> => {
    send(`${tag} ${command}\r\n`);
    return until(new RegExp(`(^|\\n)${tag} (OK|NO|BAD) [^\\n]*\\n`));
  };

  const closed = async (): Promise<void> => {
    while (!isClosed) await new Promise<void>((resolve) => (wake = resolve));
  };

  await until(/\* OK [^\n]*\n/);
  return { send, say, until, closed, close: () => socket.destroy() };
};

export type RawClient = Awaited<ReturnType<typeof rawClient>>;
