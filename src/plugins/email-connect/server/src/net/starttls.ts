import type { Socket } from 'node:net';
import { EmailConnectError } from '../domain/errors';
import { protocolMismatch, tlsNotOffered } from './classify-network-error';
import type { ServerAddress } from './classify-network-error';
import { readLines } from './line-reader';
import type { LineReader } from './line-reader';

export type Protocol = 'imap' | 'smtp';

/**
 * Brings a clear-text connection to the point where TLS begins: greeting, STARTTLS, its OK. Nothing else is sent.
 * Rejects with TLS_NOT_OFFERED, PROTOCOL_MISMATCH or SERVER_THROTTLED, or with the socket's own error.
 */
export const startTls = async (socket: Socket, protocol: Protocol, place: ServerAddress): Promise<void> => {
  const lines = readLines(socket);
  let rest = '';
  try {
    await (protocol === 'imap' ? imapDialogue(socket, lines, place) : smtpDialogue(socket, lines, place));
  } finally {
    rest = lines.end();
  }
  // RFC 9051 6.2.1, RFC 3207 4: these bytes are not from the server (response injection).
  if (rest)
    throw tlsNotOffered(place, 'The server sent data between its consent to STARTTLS and the handshake.');
};

/** Of one answer: a server that never ends it is refused (S47). */
const MOST_LINES = 100;

/** RFC 9051 6.2.1. */
const imapDialogue = async (socket: Socket, lines: LineReader, place: ServerAddress): Promise<void> => {
  const greeting = await lines.next();
  if (/^\* BYE/i.test(greeting)) throw turnedAway(place, greeting);
  // A session that is logged in already can no longer be secured: a way to force clear text.
  if (/^\* PREAUTH/i.test(greeting)) throw tlsNotOffered(place, greeting);
  if (!/^\* OK/i.test(greeting)) throw protocolMismatch(place, greeting);
  socket.write('a STARTTLS\r\n');
  let line = await lines.next();
  for (let untagged = 0; line.startsWith('* ') && untagged < MOST_LINES; untagged += 1)
    line = await lines.next();
  if (!/^a OK/i.test(line)) throw tlsNotOffered(place, line);
};

/** RFC 3207 4. */
const smtpDialogue = async (socket: Socket, lines: LineReader, place: ServerAddress): Promise<void> => {
  const greeting = await reply(lines);
  if (/^[45]\d\d/.test(greeting)) throw turnedAway(place, greeting);
  if (!greeting.startsWith('220')) throw protocolMismatch(place, greeting);
  socket.write('EHLO [127.0.0.1]\r\n');
  const extensions = await reply(lines);
  if (!/^250[ -]STARTTLS\b/im.test(extensions)) throw tlsNotOffered(place, lastLine(extensions));
  socket.write('STARTTLS\r\n');
  const consent = await reply(lines);
  if (!consent.startsWith('220')) throw tlsNotOffered(place, consent);
};

/** All lines of one reply (RFC 5321 4.2.1): `250-` continues it, `250 ` ends it. */
const reply = async (lines: LineReader): Promise<string> => {
  const read = [await lines.next()];
  while (/^\d{3}-/.test(read.at(-1) ?? '') && read.length < MOST_LINES) read.push(await lines.next());
  return read.join('\n');
};

const lastLine = (text: string): string => text.split('\n').at(-1) ?? '';

const turnedAway = (place: ServerAddress, detail: string): EmailConnectError =>
  new EmailConnectError(
    'SERVER_THROTTLED',
    `${place.host} takes no connection now.`,
    'It is tried again by itself, after a while. If it stays, ask who runs the mail server.',
    detail
  );
