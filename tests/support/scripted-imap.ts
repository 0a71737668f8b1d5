import { createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { makeCertificate } from './certificates';
import { listenScripted, pour } from './scripted-server';
import type { Pieces, ScriptedServer } from './scripted-server';

/** Answers one command; null: the usual answer. `TAG` in it stands for the command's tag. */
export type Script = (command: string) => string | Pieces | null;

/** What a small, well-behaved server says: one folder with UIDs 1 to 9. */
const usual = (command: string): string => {
  if (/^CAPABILITY/.test(command)) return '* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nTAG OK done';
  if (/^LIST/.test(command)) return '* LIST () "/" INBOX\r\nTAG OK done';
  if (/^EXAMINE/.test(command))
    return '* 9 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 10] ok\r\nTAG OK [READ-ONLY] done';
  if (/^LOGOUT/.test(command)) return '* BYE\r\nTAG OK done';
  return 'TAG OK done';
};

/** An IMAP server over TLS that does exactly what a test tells it, down to broken lines. */
export const startScriptedImap = async (script: Script): Promise<ScriptedServer> => {
  const certificate = await makeCertificate();
  const commands: string[] = [];
  const sockets = new Set<TLSSocket>();
  const server = createServer({ cert: certificate.cert, key: certificate.key }, (socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.write('* OK hello\r\n');
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = `${rest}${chunk.toString('latin1')}`.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [tag = ''] = line.split(' ', 1);
        const command = line.slice(tag.length + 1);
        commands.push(command);
        const answer = script(command) ?? usual(command);
        void pour(socket, typeof answer === 'string' ? [`${answer}\r\n`] : answer, tag);
      }
    });
  });
  return listenScripted(server, sockets, certificate, commands);
};

/** One row of a header scan, as a well-behaved server writes it. */
export const headerRow = (uid: number, header = `Message-ID: <${uid}@example.net>\r\n\r\n`): string =>
  `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE "01-Feb-2026 10:00:00 +0000" RFC822.SIZE 100 BODY[HEADER.FIELDS (message-id)] {${header.length}}\r\n${header})`;

/** The UIDs that a UID FETCH or UID SEARCH command names, as `1:3,5` says them. */
export const namedUids = (command: string): number[] =>
  (/^UID (?:FETCH|SEARCH UID) (\S+)/.exec(command)?.[1] ?? '').split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split(':').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });

export const isFetch = (command: string): boolean => command.startsWith('UID FETCH');
export const isSearch = (command: string): boolean => command.startsWith('UID SEARCH');

/** An answer of several lines. */
export const lines = (...rows: string[]): string => rows.join('\r\n');
