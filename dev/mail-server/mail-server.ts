import { createSecureContext } from 'node:tls';
import type { Certificate } from './certificate';
import { Faults } from './faults';
import { imapCommands } from './imap-commands';
import { startImap } from './imap-server';
import { mailboxHandle } from './mailbox-handle';
import type { MailboxHandle } from './mailbox-handle';
import { startSmtp } from './smtp';
import { MailStore } from './store';
import type { Layout, MailUser, UserMailbox } from './store';
import { Transcript } from './transcript';
import type { TranscriptEntry } from './transcript';

export interface MailServerOptions {
  users: MailUser[];
  /** 127.0.0.1 by default. */
  host?: string;
  /** The ports with STARTTLS; 0, the default, lets the system choose. The TLS ports are always chosen. */
  imapPort?: number;
  smtpPort?: number;
  tls: Certificate;
  /** Whether STARTTLS is offered; true by default. Without it logins are accepted in the clear. */
  starttls?: boolean;
  /** The largest message for APPEND and for submission; 150 MiB by default. */
  maxMessageBytes?: number;
  /** `gmail`: labels are folders, and everything lies in All Mail; needs `X-GM-EXT-1` among the extensions. */
  layout?: Layout;
  /** Extensions of the server, none by default. */
  extensions?: readonly Extension[];
  /** Mail goes to users of this server only, and is refused for all other addresses. */
  relay?: 'local';
}

/** RFC 8474, RFC 6855, and Gmail's own. */
export type Extension = 'OBJECTID' | 'UTF8=ACCEPT' | 'X-GM-EXT-1';

export interface Delivery {
  /** As the client wrote it in RCPT TO. */
  to: string;
  /** The bytes in the INBOX: with Return-Path and Received. */
  raw: Buffer;
}

export interface MailServer {
  imapPort: number;
  imapsPort: number;
  smtpPort: number;
  smtpsPort: number;
  /** Throws for an address that is no user's. */
  mailbox(address: string): MailboxHandle;
  /** Calls the listener for every message that came by SMTP, once it is in the INBOX. */
  onDelivery(listener: (delivery: Delivery) => void): void;
  faults: Faults;
  transcript: TranscriptEntry[];
  /** Defects of this server itself. Empty, or the server needs repair. */
  unexpectedErrors: unknown[];
  close(): Promise<void>;
}

const MIB = 1024 * 1024;

/** An IMAP and SMTP server in this process, for development only: everything is in memory. */
export const startMailServer = async (options: MailServerOptions): Promise<MailServer> => {
  const { host = '127.0.0.1', tls, starttls = true, maxMessageBytes = 150 * MIB } = options;
  const store = new MailStore(options.users, Math.floor(Date.now() / 1000), options.layout ?? 'plain');
  const faults = new Faults();
  const transcript = new Transcript();
  const unexpectedErrors: unknown[] = [];
  const listeners: ((delivery: Delivery) => void)[] = [];

  const deliver = (user: UserMailbox, to: string, raw: Buffer): void => {
    user.folder('INBOX')?.append(raw, [], new Date());
    for (const listener of listeners) {
      try {
        listener({ to, raw });
      } catch (error) {
        unexpectedErrors.push(error);
      }
    }
  };

  const shared = { store, faults, unexpectedErrors, offersStartTls: starttls, maxMessageBytes };
  const secureContext = createSecureContext({ key: tls.key, cert: tls.cert });
  const extensions = options.extensions ?? [];
  const imapWorld = { ...shared, commands: imapCommands, secureContext, extensions };
  const imap = await startImap(imapWorld, transcript, { host, port: options.imapPort ?? 0, tls });
  const smtpWorld = { ...shared, transcript, deliver };
  const smtp = await startSmtp(smtpWorld, { host, port: options.smtpPort ?? 0, tls }).catch(
    async (error: unknown) => {
      await imap.close();
      throw error;
    }
  );

  return {
    imapPort: imap.port,
    imapsPort: imap.tlsPort,
    smtpPort: smtp.port,
    smtpsPort: smtp.tlsPort,
    mailbox: (address) => {
      const user = store.user(address);
      if (!user) throw new Error(`${address} is no user of this mail server.`);
      return mailboxHandle(user);
    },
    onDelivery: (listener) => {
      listeners.push(listener);
    },
    faults,
    transcript: transcript.entries,
    unexpectedErrors,
    close: async () => {
      await Promise.all([imap.close(), smtp.close()]);
    },
  };
};
