import { SMTPServer } from 'smtp-server';
import type { Dovecot } from './dovecot';

/** One mail as Dovecot's submission service handed it on. */
export interface RelayedMail {
  mailFrom: string;
  rcptTo: string[];
  /** What came with DATA, dots unstuffed. */
  raw: Buffer;
}

export interface Relay {
  /** In the order they came. */
  mails: readonly RelayedMail[];
  stop(): Promise<void>;
}

/**
 * The world behind a Dovecot's submission service: takes every mail, and delivers it to those recipients who are users
 * of this Dovecot before it says so. Whoever else is addressed gets nothing.
 */
export const startRelay = async (dovecot: Dovecot, users: readonly string[]): Promise<Relay> => {
  const mails: RelayedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    logger: false,
    onData: (stream, { envelope }, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.once('end', () => {
        const mail: RelayedMail = {
          mailFrom: envelope.mailFrom ? envelope.mailFrom.address : '',
          rcptTo: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(pieces),
        };
        mails.push(mail);
        const known = mail.rcptTo.filter((address) => users.includes(address));
        Promise.all(known.map((address) => dovecot.deliver(address, mail.raw))).then(
          () => done(null),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error)))
        );
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(dovecot.relayPort, '127.0.0.1', resolve));
  return { mails, stop: () => new Promise((resolve) => server.close(resolve)) };
};
