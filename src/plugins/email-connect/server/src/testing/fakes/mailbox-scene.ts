import type { Inbox } from '../../domain/inbox/inbox';
import type { LoggingFacts } from '../../domain/logging/verdict';
import { emptyMemory } from '../../domain/sync/folder';
import type { InboxFolder } from '../../domain/sync/folder';
import type { Ports } from '../../ports';
import { FakeInboxes } from './fake-inboxes';
import { FakeMailbox, fakeMime } from './fake-mailbox';
import type { MailboxFolder } from './fake-mailbox';
import { factsWith, uid } from './build-mail';

const server = { host: 'mail.crm.test', tls: 'implicit', username: 'us', pinnedCertificate: null } as const;

/** The inbox of `us@crm.test`, connected on 1 February and well. */
export const inboxWith = (change: Partial<Inbox> = {}): Inbox => ({
  documentId: 'I',
  version: 1,
  label: 'Us',
  address: 'us@crm.test',
  senderName: '',
  isTeamAddress: true,
  ownerDocumentId: 'owner',
  provider: 'custom',
  imap: { ...server, port: 993 },
  smtp: { ...server, port: 465 },
  sentCopy: 'none',
  sentFolderPath: null,
  state: 'ok',
  stateCode: '',
  stateReason: '',
  consecutiveFailures: 0,
  consent: null,
  connectedAt: '2026-02-01T00:00:00.000Z',
  lastPassAt: '2026-03-01T12:00:00.000Z',
  nextPassAt: null,
  policy: 'replies',
  level: 'full',
  logAddress: '',
  trustedAuthServers: 'known',
  lastGap: null,
  ...change,
});

/** A watched folder, read up to UID 100. */
export const folderWith = (folderPath: string, change: Partial<InboxFolder> = {}): InboxFolder => ({
  folderPath,
  specialUse: folderPath === 'INBOX' ? 'inbox' : null,
  watched: true,
  role: 'watch',
  listed: true,
  objectId: null,
  readFrom: null,
  cursor: { uidValidity: '7', lastUid: uid(100) },
  memory: emptyMemory,
  lastPassAt: '2026-03-01T12:00:00.000Z',
  lastErrorCode: null,
  failures: 0,
  retryAt: null,
  ...change,
});

export interface MailboxScene {
  mailbox: FakeMailbox;
  ports: Ports;
  /** What was put on record: `<action> <outcome>`. */
  audited: string[];
  woken: string[];
}

const untilAborted = (_: number, signal?: AbortSignal): Promise<void> =>
  new Promise((wake) => signal?.addEventListener('abort', () => wake()));

/** A connected inbox, what lies in its mailbox, and what the site knows. `more`: ports of the test's own. */
export const mailboxScene = (world: {
  inbox?: Partial<Inbox>;
  folders?: InboxFolder[];
  mail?: Record<string, MailboxFolder>;
  facts?: Partial<LoggingFacts>;
  more?: Partial<{ [Name in keyof Ports]: Partial<Ports[Name]> }>;
}): MailboxScene => {
  const mailbox = new FakeMailbox(world.mail ?? {});
  const audited: string[] = [];
  const woken: string[] = [];
  const fakes: MailboxScene['ports'] = {
    // Nothing takes so long that anybody would lose patience.
    clock: { now: () => new Date('2026-03-02T10:00:00Z'), sleep: untilAborted },
    hosts: { resolve: async () => '192.0.2.1' },
    secrets: {
      open: () => 'password',
      sign: () => 'signature',
      documentIdOf: (key: string) => `id of ${key}`,
    },
    imap: mailbox,
    mime: fakeMime,
    inboxes: new FakeInboxes(inboxWith(world.inbox)).records,
    folders: { list: async () => world.folders ?? [folderWith('INBOX')] },
    logging: { loadFacts: async () => factsWith(world.facts) },
    messages: { askedFacts: async ({ begins }) => ({ standsOn: [], chosen: null, begins }) },
    quarantine: { list: async () => [] },
    suggestions: { list: async () => [] },
    backfills: { load: async () => null },
    audit: {
      record: async ({ action, outcome }: { action: string; outcome: string }) =>
        void audited.push(`${action} ${outcome}`),
    },
    wakeups: { wake: (documentId: string) => void woken.push(documentId) },
    logger: { warn: () => undefined },
    ...world.more,
  } as Partial<{ [Name in keyof Ports]: Partial<Ports[Name]> }> as Ports;
  return { mailbox, ports: fakes, audited, woken };
};
