import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import type { Dovecot } from './dovecot';

export interface MessageInFolder {
  imapUid: number;
  /** In order of the alphabet. */
  flags: string[];
  raw: Buffer;
}

/** Somebody's own mail program beside ours, on a Dovecot: it reads with EXAMINE and changes nothing but by `append`. */
export interface MailProgram {
  read(folderPath: string): Promise<MessageInFolder[]>;
  /** `uid: flags`, one line a message, without reading any. */
  flags(folderPath: string): Promise<string[]>;
  /** How many messages of the folder have this Message-ID, asked of the server. */
  count(folderPath: string, messageId: string): Promise<number>;
  append(folderPath: string, raw: Buffer | string, flags?: string[], receivedAt?: Date): Promise<void>;
  /** Resolves with the newest message that has this Message-ID; rejects when none came within a minute. */
  waitFor(folderPath: string, messageId: string): Promise<MessageInFolder>;
}

const WAIT_MS = 60_000;

export const mailProgramOf = (dovecot: Dovecot, user: string, password: string): MailProgram => {
  const connected = async <T>(work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const client = new ImapFlow({
      host: 'localhost',
      port: dovecot.imapsPort,
      secure: true,
      tls: { ca: [dovecot.certificate.cert] },
      auth: { user, pass: password },
      logger: false,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  };

  const fetchAll = (folderPath: string, source: boolean): Promise<MessageInFolder[]> =>
    connected(async (client) => {
      const { exists } = await client.mailboxOpen(folderPath, { readOnly: true });
      const rows = exists === 0 ? [] : await client.fetchAll('1:*', { uid: true, flags: true, source });
      return rows.map((row) => ({
        imapUid: row.uid,
        flags: [...(row.flags ?? [])].sort(),
        raw: row.source ?? Buffer.alloc(0),
      }));
    });

  const read = (folderPath: string) => fetchAll(folderPath, true);

  return {
    read,
    flags: async (folderPath) =>
      (await fetchAll(folderPath, false)).map(({ imapUid, flags }) => `${imapUid}: ${flags.join(' ')}`),
    count: (folderPath, messageId) =>
      connected(async (client) => {
        await client.mailboxOpen(folderPath, { readOnly: true });
        const found = await client.search({ header: { 'message-id': messageId } }, { uid: true });
        return found ? found.length : 0;
      }),
    append: (folderPath, raw, flags = [], receivedAt = new Date()) =>
      connected(async (client) => {
        const appended = await client.append(folderPath, Buffer.from(raw), flags, receivedAt);
        if (!appended) throw new Error(`${folderPath} did not take the message.`);
      }),
    waitFor: async (folderPath, messageId) => {
      for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; await sleep(50)) {
        const found = (await read(folderPath)).filter(({ raw }) => messageIdOf(raw) === messageId).at(-1);
        if (found) return found;
      }
      throw new Error(`${messageId} did not come into ${folderPath} of ${user}.`);
    },
  };
};

/** The lines of one field of a message's header, unfolded; '' when it has none. */
export const headerOf = (raw: Buffer, name: string): string => {
  const header =
    raw
      .toString('latin1')
      .split('\r\n\r\n')[0]
      ?.replace(/\r\n(?=[ \t])/g, '') ?? '';
  const field = new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(header);
  return field?.[1] ?? '';
};

/** Without brackets; '' when it has none. */
export const messageIdOf = (raw: Buffer): string => headerOf(raw, 'Message-ID').replace(/[<>\s]/g, '');
