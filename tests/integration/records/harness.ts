import { createRecords } from '../../../src/plugins/email-connect/server/src/adapters/records/create-records';
import type { Records } from '../../../src/plugins/email-connect/server/src/adapters/records/create-records';
import {
  ensureIndexes,
  protectTables,
} from '../../../src/plugins/email-connect/server/src/adapters/records/schema/schema';
import type { Inbox } from '../../../src/plugins/email-connect/server/src/domain/inbox/inbox';
import type { ImapUid } from '../../../src/plugins/email-connect/server/src/domain/message/message';
import type { LinkedContact } from '../../../src/plugins/email-connect/server/src/domain/outgoing/outgoing';
import { transitionOf } from '../../../src/plugins/email-connect/server/src/domain/outgoing/transition';
import { emptyMemory } from '../../../src/plugins/email-connect/server/src/domain/sync/folder';
import type {
  InboxFolder,
  SyncCursor,
} from '../../../src/plugins/email-connect/server/src/domain/sync/folder';
import type {
  Fence,
  MailToQueue,
  MessageToRecord,
  OutboxEntry,
  PassOutcome,
  SubmissionReceipt,
} from '../../../src/plugins/email-connect/server/src/ports';
import type { Message } from '../../../src/plugins/email-connect/shared/contracts/message';
import { buildMessage, messageId } from '../../support/build-message';
import { startStrapi } from '../../support/strapi-app';
import type { TestStrapi } from '../../support/strapi-app';
import { onDatabasesAlone } from '../../support/on-databases';
import type { DatabaseKind } from '../../support/test-database';
import { builtInContact, plugins, siteWithPeople } from './site';

export const at = new Date('2026-03-01T12:00:00.000Z');
export const sealed = { imapPassword: 'sealed.imap', smtpPassword: 'sealed.smtp' };

const server = {
  host: 'mail.team.example',
  port: 993,
  tls: 'implicit',
  username: 'ada',
  pinnedCertificate: null,
} as const;

export const inboxOf = (address: string): Omit<Inbox, 'documentId' | 'version'> => ({
  label: 'Ada',
  address,
  senderName: 'Ada Admin',
  isTeamAddress: true,
  ownerDocumentId: `owner of ${address}`,
  provider: 'custom',
  imap: server,
  smtp: { ...server, port: 465 },
  sentCopy: 'append',
  sentFolderPath: 'Sent',
  state: 'catching-up',
  stateCode: '',
  stateReason: '',
  consecutiveFailures: 0,
  consent: { givenAt: at.toISOString(), givenBy: 'owner', textVersion: '1' },
  connectedAt: at.toISOString(),
  lastPassAt: null,
  nextPassAt: null,
  policy: 'replies',
  level: 'full',
  logAddress: '',
  trustedAuthServers: 'known',
  lastGap: null,
});

/** As a folder is when it was just found. */
export const folderOf = (folderPath: string, change: Partial<InboxFolder> = {}): InboxFolder => ({
  folderPath,
  specialUse: null,
  watched: true,
  role: 'watch',
  listed: true,
  objectId: null,
  readFrom: null,
  cursor: null,
  memory: emptyMemory,
  lastPassAt: null,
  lastErrorCode: null,
  failures: 0,
  retryAt: null,
  ...change,
});

export const cursor = (lastUid: number, uidValidity = '7'): SyncCursor => ({
  uidValidity,
  lastUid: lastUid as ImapUid,
});

export interface Connected {
  inbox: Inbox;
  fence: Fence;
}

/** The records of one Strapi on one database, and what tests put into them. Starts before the tests around it, ends after. */
export const startRecords = (database: DatabaseKind) => {
  let started: TestStrapi | undefined;
  let serial = 0;

  beforeAll(async () => {
    started = await startStrapi({ database, name: 'records', plugins, files: siteWithPeople });
    await protectTables(started.strapi);
    await ensureIndexes(started.strapi);
  }, 120_000);

  afterAll(async () => started?.stop(), 60_000);

  const app = (): TestStrapi => {
    if (!started) throw new Error('Strapi is not started yet.');
    return started;
  };
  const records = (): Records => createRecords(app().strapi);

  const unique = (word: string) => `${word}${(serial += 1)}`;

  const connect = async (): Promise<Connected> => {
    const inbox = await records().inboxes.create(inboxOf(`${unique('ada')}@team.example`), () => sealed, [
      folderOf('INBOX', { specialUse: 'inbox' }),
    ]);
    const fence = await records().leases.acquire(inbox.documentId, 'this process', 60_000);
    if (!fence) throw new Error('A new inbox must be free.');
    return { inbox, fence };
  };

  const addContact = async (email: string, furtherEmails: string[] = []): Promise<LinkedContact> => {
    const data: Record<string, unknown> = {
      name: `Contact ${email}`,
      email,
      furtherEmails: furtherEmails.join('\n'),
    };
    const { documentId } = await app().strapi.documents(builtInContact).create({ data });
    return { contactType: builtInContact, documentId };
  };

  /** A mail from a contact, as it is queued: the thread that replies belong to. */
  const mailFrom = (
    { inbox }: Connected,
    contact: LinkedContact,
    change: Partial<MessageToRecord> = {},
    press: MailToQueue['press'] = null
  ): MailToQueue => {
    const id = unique('sent');
    return {
      thread: {
        kind: 'new',
        thread: {
          subject: 'Offer',
          baseSubject: 'offer',
          threadToken: messageId(`t.${id}@team.example`),
          threadIndexRoot: `01d${id}`,
          continuesDocumentId: null,
          inboxDocumentId: inbox.documentId,
          contacts: [contact],
        },
      },
      message: {
        ...buildMessage({
          threadDocumentId: '',
          inboxDocumentId: inbox.documentId,
          direction: 'outgoing',
          origin: 'crm',
          deliveryStatus: 'queued',
          receivedAt: '2026-03-01T09:00:00.000Z',
          headers: {
            messageId: messageId(`${id}@team.example`),
            from: [{ address: inbox.address, displayName: 'Ada' }],
            to: [{ address: `to-${id}@customer.example`, displayName: '' }],
            subject: 'Offer',
          },
          text: 'Dear Grace, here is the offer.',
        }),
        ...change,
      },
      smtpEnvelope: { mailFrom: inbox.address, rcptTo: ['grace@customer.example'] },
      sourceKey: `ab/${id}`,
      composedFor: `${inbox.address} ada`,
      press,
      at,
    };
  };

  const queue = async (mail: MailToQueue): Promise<OutboxEntry> => {
    const queued = await records().outbox.queue(mail);
    if (queued.kind !== 'queued') throw new Error('Nobody pressed this before.');
    return queued.entry;
  };

  const send = (
    connected: Connected,
    contact: LinkedContact,
    change: Partial<MessageToRecord> = {}
  ): Promise<OutboxEntry> => queue(mailFrom(connected, contact, change));

  /** The server's yes, recorded. */
  const take = (entry: OutboxEntry, receipt: Partial<SubmissionReceipt> = {}): Promise<boolean> =>
    records().outbox.record(entry, transitionOf({ kind: 'taken', refused: [] }), {
      under: { kind: 'stage' },
      receipt: { serverMessageId: null, response: '250 ok', refused: [], ...receipt },
    });

  /** Its copy is in Sent. */
  const file = (entry: OutboxEntry): Promise<boolean> =>
    records().outbox.record(entry, transitionOf({ kind: 'filed' }), {
      under: { kind: 'stage' },
      filed: 'appended',
    });

  const pass = ({ fence }: Connected, part: Partial<PassOutcome>): PassOutcome => ({
    fence,
    folderPath: 'INBOX',
    cursorBefore: null,
    cursorAfter: cursor(10),
    memory: emptyMemory,
    lookBackBefore: null,
    logged: [],
    sighted: [],
    quarantined: [],
    lifted: [],
    suggested: [],
    unlogged: [],
    lookBack: null,
    at,
    ...part,
  });

  /** How many statements `work` sends to our tables. Strapi's own jobs ask theirs at any moment. */
  const statementsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const { connection } = app().strapi.db;
    const statements: string[] = [];
    const listen = ({ sql }: { sql: string }) => {
      if (sql.includes('email_connect_')) statements.push(sql);
    };
    connection.on('query', listen);
    await work();
    connection.removeListener('query', listen);
    return statements.length;
  };

  /** All that is in our tables, as text. */
  const everything = async (): Promise<string> => {
    const { strapi } = app();
    const tables = [...strapi.db.metadata.values()].filter(({ uid }) => /email-connect/.test(uid));
    const rows = await Promise.all(
      tables.map(async ({ tableName }) => [tableName, await strapi.db.getConnection(tableName).orderBy('id')])
    );
    return JSON.stringify(rows);
  };

  const count = (uid: string, where: object): Promise<number> => app().strapi.db.query(uid).count({ where });
  /** Whole, oldest first. */
  const messagesOf = async (threadDocumentId: string): Promise<Message[]> => {
    const { threads } = records();
    const page = await threads.page(threadDocumentId, { before: null, limit: 100 });
    const messages = await Promise.all(page.messages.map(({ documentId }) => threads.message(documentId)));
    return messages.flatMap((message) => message ?? []);
  };

  /** An inbox, a contact, a mail sent to them. */
  const conversation = async (change: Partial<MessageToRecord> = {}) => {
    const connected = await connect();
    const contact = await addContact(`${unique('grace')}@customer.example`);
    const sent = await send(connected, contact, change);
    const reply = (part: Partial<Parameters<typeof buildMessage>[0]> = {}) =>
      buildMessage({
        threadDocumentId: sent.threadDocumentId,
        inboxDocumentId: connected.inbox.documentId,
        ...part,
        headers: {
          messageId: messageId(`${unique('reply')}@customer.example`),
          inReplyTo: [sent.messageId],
          ...part.headers,
        },
      });
    return { connected, contact, sent, reply };
  };

  return {
    get app() {
      return app();
    },
    get strapi() {
      return app().strapi;
    },
    get records() {
      return records();
    },
    unique,
    connect,
    addContact,
    mailFrom,
    queue,
    send,
    take,
    file,
    pass,
    statementsOf,
    everything,
    count,
    messagesOf,
    conversation,
  };
};

export type StartedRecords = ReturnType<typeof startRecords>;

/** A part of the suite by itself, where jest was asked for it. */
export const recordsAlone = (file: string, part: (ec: StartedRecords) => void): void =>
  onDatabasesAlone(file, 'records', (database) => part(startRecords(database)));
