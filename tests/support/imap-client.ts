import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type {
  Bytes,
  Imap,
  ImapSession,
  OpenFolder,
  ServerAccess,
} from '../../src/plugins/email-connect/server/src/ports';
import type { Dovecot } from './dovecot';

export const PASSWORD = 'correct horse';

/** How to log in at a Dovecot as `ann`, its certificate pinned. */
export const accessTo = (server: Dovecot, change: Partial<ServerAccess> = {}): ServerAccess => ({
  host: 'localhost',
  ip: '127.0.0.1',
  port: change.tls === 'starttls' ? server.imapPort : server.imapsPort,
  tls: 'implicit',
  username: 'ann',
  password: PASSWORD,
  pinnedCertificate: server.certificate.fingerprint,
  ...change,
});

/** A small mail whose Message-ID and subject are `id`. */
export const mail = (id: string, body = 'Hello.'): string =>
  [
    `Message-ID: <${id}@example.net>`,
    'From: customer@example.net',
    'To: ann@example.org',
    `Subject: ${id}`,
    '',
    body,
    '',
  ].join('\r\n');

/** All of a stream, one character a byte; '' for null. */
export const read = async (bytes: Bytes | null): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes ?? []) pieces.push(piece);
  return Buffer.concat(pieces).toString('latin1');
};

/** Counts the calls of the listener it hands out; `nth` resolves with the n-th. */
export const calls = () => {
  let count = 0;
  const waiting: { at: number; resolve: () => void }[] = [];
  return {
    listener: () => {
      count += 1;
      for (const { at, resolve } of waiting) if (count >= at) resolve();
    },
    count: () => count,
    nth: (at: number) =>
      new Promise<void>((resolve) => (count >= at ? resolve() : waiting.push({ at, resolve }))),
  };
};

/** Aborts never. */
export const NEVER = new AbortController().signal;

/** Opens sessions, and closes all of them at once. */
export const sessionPool = () => {
  const sessions: ImapSession[] = [];
  const imap = createImap();
  return {
    connect: async (
      access: ServerAccess,
      onClosed?: (error: Error | null) => void,
      using: Imap = imap,
      signal: AbortSignal = NEVER
    ): Promise<ImapSession> => {
      const session = await using.connect(access, signal, onClosed);
      sessions.push(session);
      return session;
    },
    closeAll: async () => {
      await Promise.all(sessions.splice(0).map((session) => session.close()));
    },
  };
};

/** Opens, uses and releases a folder. */
export const inFolder = async <T>(
  session: ImapSession,
  folderPath: string,
  work: (folder: OpenFolder) => Promise<T>
): Promise<T> => {
  const folder = await session.openFolder(folderPath);
  try {
    return await work(folder);
  } finally {
    folder.release();
  }
};

export const allUids = (folder: OpenFolder) => folder.listUids(1, folder.state.uidNext - 1);
