import { createRequire } from 'node:module';
import { canonicalMessageId } from '../src/plugins/email-connect/server/src/domain/identification/message-id';
import type { MessageId } from '../src/plugins/email-connect/server/src/domain/identification/message-id';
import { consentTextVersion } from '../src/plugins/email-connect/server/src/domain/inbox/consent';
import type { Inbox } from '../src/plugins/email-connect/server/src/domain/inbox/inbox';
import type { InboxFolder } from '../src/plugins/email-connect/server/src/domain/sync/folder';
import type { Fence, ImapSession, Ports } from '../src/plugins/email-connect/server/src/ports';
import { connectInbox } from '../src/plugins/email-connect/server/src/use-cases/connecting/connect-inbox';
import { accessTo } from '../src/plugins/email-connect/server/src/use-cases/inbox/open-inbox';
import { syncFolder } from '../src/plugins/email-connect/server/src/use-cases/reading/sync-folder';
import { wiringOf } from '../src/plugins/email-connect/server/src/wiring';
import { buildMessage } from '../tests/support/build-message';
import type { Dovecot } from '../tests/support/dovecot';
import { startStrapi } from '../tests/support/strapi-app';
import type { DatabaseKind } from '../tests/support/test-database';

export const user = 'uma@team.example';
export const password = 'bench-mailbox-password';

/** The engine as it runs in Strapi, its inbox connected to a real server, each step called by hand. */
export interface Engine {
  ports: Ports;
  inbox: Inbox;
  /** An open connection; with `port`, through a gate. */
  connect(port?: number): Promise<ImapSession>;
  /** Mail that was sent: replies to these ids have to be logged. */
  sendMail(count: number): Promise<MessageId[]>;
  /** Makes the INBOX unread: the next pass reads it from the start. */
  rewind(session: ImapSession): Promise<InboxFolder>;
  /** INBOX as it is recorded now. */
  folder(): Promise<InboxFolder>;
  /** One pass of the folder. */
  pass(session: ImapSession, folder: InboxFolder): Promise<void>;
  count(table: string): Promise<number>;
  stop(): Promise<void>;
}

const HOUR_MS = 3_600_000;

const NEVER = new AbortController().signal;

/** Strapi's CommonJS form, as `startStrapi` needs it here. */
export const loadStrapi = async () =>
  createRequire(__filename)('@strapi/strapi') as typeof import('@strapi/strapi');

export const startEngine = async (dovecot: Dovecot, database: DatabaseKind): Promise<Engine> => {
  const config = { allowedPrivateHosts: ['localhost'], allowedPorts: ['1024-65535'] };
  const plugins = { 'email-connect': { enabled: true, config } };
  const { strapi, stop } = await startStrapi({
    database,
    name: 'bench',
    plugins,
    loadStrapi,
  });
  const { ports, install } = wiringOf(strapi);
  await install();
  const server = { host: 'localhost', username: user, pinnedCertificate: dovecot.certificate.fingerprint };
  const inbox = await connectInbox(
    ports,
    {
      label: '',
      address: user,
      senderName: 'Uma Us',
      level: 'full',
      provider: 'custom',
      imap: { ...server, port: dovecot.imapsPort, tls: 'implicit' },
      smtp: { ...server, port: dovecot.submissionPort, tls: 'starttls' },
      imapPassword: password,
      smtpPassword: password,
      consentTextVersion,
      ownerDocumentId: 'owner',
    },
    NEVER
  );
  const fence = await ports.leases.acquire(inbox.documentId, 'bench', HOUR_MS);
  if (!fence) throw new Error('A new inbox must be free.');
  const table = (name: string) => strapi.db.getConnection(name);
  const inboxFolder = async (): Promise<InboxFolder> => {
    const folders = await ports.folders.list(inbox.documentId);
    const found = folders.find(({ folderPath }) => folderPath === 'INBOX');
    if (!found) throw new Error('There is no INBOX.');
    return found;
  };
  return {
    ports,
    inbox,
    connect: async (port) =>
      ports.imap.connect(
        { ...(await accessTo(ports, inbox, 'imap', NEVER)), ...(port ? { port } : {}) },
        NEVER
      ),
    sendMail: (count) => sendMail(ports, inbox, count),
    rewind: async (session) => {
      const open = await session.openFolder('INBOX');
      open.release();
      await table('email_connect_folder_cursors')
        .where({ inbox_document_id: inbox.documentId, folder_path: 'INBOX' })
        .update({ uid_validity: open.state.uidValidity, last_uid: 0, recent_uids: '', existing: 0 });
      return inboxFolder();
    },
    folder: inboxFolder,
    pass: (session, folder) => passOf(ports, inbox, fence, session, folder),
    count: async (name) => Number((await table(name).count({ total: '*' }))[0]?.total ?? 0),
    stop,
  };
};

const passOf = async (
  ports: Ports,
  inbox: Inbox,
  fence: Fence,
  session: ImapSession,
  folder: InboxFolder
): Promise<void> => {
  await syncFolder(ports, { inbox, fence, session, signal: new AbortController().signal }, folder);
};

const sendMail = async (ports: Ports, inbox: Inbox, count: number): Promise<MessageId[]> => {
  const ids: MessageId[] = [];
  for (let number = 1; number <= count; number += 1) {
    const messageId = canonicalMessageId(`sent.${number}@team.example`);
    const threadToken = canonicalMessageId(`t.${number}@team.example`);
    if (!messageId || !threadToken) throw new Error('These are ids.');
    ids.push(messageId);
    await ports.outbox.queue({
      thread: {
        kind: 'new',
        thread: {
          subject: 'Offer',
          baseSubject: 'offer',
          threadToken,
          threadIndexRoot: `01d${number}`,
          continuesDocumentId: null,
          inboxDocumentId: inbox.documentId,
          contacts: [],
        },
      },
      message: buildMessage({
        threadDocumentId: '',
        inboxDocumentId: inbox.documentId,
        direction: 'outgoing',
        origin: 'crm',
        deliveryStatus: 'sent',
        headers: {
          messageId,
          from: [{ address: inbox.address, displayName: 'Uma Us' }],
          to: [{ address: `person.${number}@customer.example`, displayName: '' }],
          subject: 'Offer',
        },
        text: 'Dear customer, here is the offer.',
      }),
      smtpEnvelope: { mailFrom: inbox.address, rcptTo: [`person.${number}@customer.example`] },
      sourceKey: 'none',
      composedFor: '',
      press: null,
      at: new Date(),
    });
  }
  return ids;
};
