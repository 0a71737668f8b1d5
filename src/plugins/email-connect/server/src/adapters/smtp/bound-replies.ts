import type SMTPConnection from 'nodemailer/lib/smtp-connection';

/** A session of a thousand recipients takes a tenth. */
const MOST_LINES = 20_000;
const LF = 0x0a;

/** nodemailer's internal: all that the server says, decrypted, passes here. */
interface Receives {
  _onData(chunk: Buffer): void;
}

const receives = (connection: object): connection is Receives =>
  typeof Reflect.get(connection, '_onData') === 'function';

/**
 * Calls `onExcess` when the server says more than a submission can bring, and takes nothing more of it (S47).
 * nodemailer bounds a reply, but keeps, and goes through, every empty line between two.
 */
export const boundReplies = (connection: SMTPConnection, onExcess: () => void): void => {
  const internal: object = connection;
  if (!receives(internal)) throw new Error('This nodemailer does not let replies be bounded.');
  const take = internal._onData.bind(connection);
  let lines = 0;
  internal._onData = (chunk) => {
    for (const byte of chunk) if (byte === LF) lines += 1;
    if (lines > MOST_LINES) onExcess();
    else take(chunk);
  };
};
