import type { Inbox } from '../../domain/inbox/inbox';
import { newFolder } from '../../domain/sync/folder';
import { chooseFolders } from '../../domain/inbox/choose-folders';
import { dedupIdentity } from '../../domain/message/dedup-identity';
import type { PassOutcome, Ports } from '../../ports';
import { ConnectQueue } from '../../use-cases/inbox/connect-queue';
import { runInbox } from '../../use-cases/supervising/run-inbox';
import { inboxWith } from '../fakes/mailbox-scene';
import { Counts } from './counts';
import type { Judge } from './judge';
import { ModelProcess } from './process';
import type { Fate } from './process';
import { ModelDatabase } from './records/database';
import { mailOf, marksOf, openThreads, sentHeaders, UNLOGGED_ROOT } from './server/mail';
import type { MailKind, Matter, ModelMail } from './server/mail';
import { ModelMailbox } from './server/mailbox';
import { CONNECTED_AT, iso } from './server/time';

export interface ModelInbox {
  documentId: string;
  mailbox: ModelMailbox;
}

/** How a process comes to have an inbox, and how long it keeps it. */
export interface Turn {
  fates?: readonly Fate[];
  /** How far its clock on the wall is ahead. */
  clockOffsetMs?: number;
  /** So often it reads once more, over the same connection. */
  wakes?: number;
}

/** So many calls no turn makes. */
const ENDLESS = 50_000;
const LEASE_MS = 30_000;

/** A site with two inboxes, its mail servers, and the processes that come and go. */
export class ModelWorld {
  now = CONNECTED_AT;
  judge: Judge | null = null;
  readonly counts = new Counts();
  readonly database = new ModelDatabase();
  readonly inboxes: ModelInbox[];
  readonly mails: ModelMail[] = [];
  readonly complaints: string[] = [];
  readonly log: string[] = [];
  /** Mail that a person logged, or that ever lay in a folder for that. */
  readonly purposely = new Set<string>();
  /** Keys of copies of sent mail that ever lay in Sent of the inbox that sent it. */
  readonly filedInSent = new Set<string>();
  /** Keys of mail that was ever in quarantine. */
  readonly everQuarantined = new Set<string>();
  /** Keys of mail that was ever moved or copied, or that showed late. */
  readonly everMoved = new Set<string>();
  /** Keys of mail that the database does not take for now. */
  readonly unstorable = new Set<string>();
  private readonly byIdentity = new Map<string, ModelMail>();
  /** Names of processes that have an inbox, or wait for it. */
  private readonly alive = new Set<string>();
  private processes = 0;

  constructor(
    { hasObjectIds, isNumbered }: { hasObjectIds: boolean; isNumbered: boolean },
    private readonly portsOf: (world: ModelWorld, process: ModelProcess) => Ports
  ) {
    this.inboxes = ['I', 'J'].map((documentId) => {
      const mailbox = new ModelMailbox(hasObjectIds, isNumbered);
      const username = documentId;
      const server = {
        host: 'mail.crm.test',
        port: 993,
        tls: 'implicit',
        username,
        pinnedCertificate: null,
      } as const;
      const inbox: Inbox = inboxWith({
        documentId,
        address: documentId === 'I' ? 'us@crm.test' : 'jo@crm.test',
        imap: server,
        connectedAt: iso(CONNECTED_AT),
        lastPassAt: null,
      });
      this.database.inboxes.set(documentId, inbox);
      this.database.folders.set(documentId, foldersOf(mailbox));
      return { documentId, mailbox };
    });
    this.knowThreads();
  }

  write(kind: MailKind, at: number, { parent = null, thread = 'T' }: Partial<Matter> = {}): ModelMail {
    return this.keep(mailOf(this.mails.length, kind, new Date(at), { parent, thread }));
  }

  keep(mail: ModelMail): ModelMail {
    this.mails.push(mail);
    this.byIdentity.set(dedupIdentity(mail.headers, mail.size), mail);
    return mail;
  }

  mailNamed(key: string): ModelMail {
    const mail = this.mails[Number(key.slice('mail'.length))];
    if (!mail) throw new Error(`There is no ${key}.`);
    return mail;
  }

  mailIdentified(identity: string): ModelMail | undefined {
    return this.byIdentity.get(identity);
  }

  inboxNamed(name: string): ModelInbox {
    const inbox = this.inboxes.find(({ documentId }) => documentId === name);
    if (!inbox) throw new Error(`There is no inbox ${name}.`);
    return inbox;
  }

  readonly note = (message: string): void => void this.log.push(message);

  complain(text: string): void {
    this.complaints.push(text);
  }

  /** Time goes by; whoever is alive renews what it holds. */
  pass(ms: number): void {
    const held = [...this.database.leases.values()].filter(
      ({ holder, expiresAt }) => this.alive.has(holder) && expiresAt > this.now
    );
    this.now += ms;
    for (const lease of held) lease.expiresAt = this.now + LEASE_MS;
  }

  holds(process: ModelProcess): boolean {
    return [...this.database.leases.values()].some(
      ({ holder, expiresAt }) => holder === process.name && expiresAt > this.now
    );
  }

  /** One process holds the inbox for a turn of the real loop, unless fate has it otherwise. */
  async turn(inbox: ModelInbox, { fates = [], clockOffsetMs = 0, wakes = 0 }: Turn = {}): Promise<void> {
    this.processes += 1;
    const onCall = (met: readonly Fate[]): void => {
      this.pass(10);
      for (const { kind } of met) this.counts.add(`at a call: ${kind}`);
      if (process.calls < ENDLESS) return;
      this.complain(`P2: a turn of ${inbox.documentId} does not end`);
      process.die();
    };
    const process: ModelProcess = new ModelProcess(`process${this.processes}`, fates, onCall, clockOffsetMs);
    process.wakes = wakes;
    const worker = {
      holder: process.name,
      connects: new ConnectQueue(),
      onBeat: () => undefined,
      outdated: () => new AbortController().signal,
    };
    // Whoever comes, comes when the server may be asked again.
    const { restUntil = 0 } = this.database.leases.get(inbox.documentId) ?? {};
    this.pass(Math.max(0, restUntil - this.now));
    this.alive.add(process.name);
    const loop = runInbox(this.portsOf(this, process), inbox.documentId, worker, process.controller.signal);
    await Promise.race([loop, process.death]);
    this.alive.delete(process.name);
  }

  /** The holder was silent for too long: whoever comes now gets the lease. */
  expireLease(inbox: ModelInbox): void {
    const lease = this.database.leases.get(inbox.documentId);
    if (lease) lease.expiresAt = Math.min(lease.expiresAt, this.now);
  }

  /** How many messages end the connection whenever they are asked for. */
  endless(): number {
    const folders = this.inboxes.flatMap(({ mailbox }) => mailbox.folders);
    return folders
      .flatMap(({ messages }) => messages)
      .filter(({ scanCuts, bodyCuts }) => scanCuts + bodyCuts > 0).length;
  }

  /** Whether the database takes all of it. */
  takes({ logged }: PassOutcome): boolean {
    const keys = logged.map(({ message }) => this.mailIdentified(message.dedupIdentity)?.key ?? '');
    return !keys.some((key) => this.unstorable.has(key));
  }

  heardOfCommit(process: ModelProcess, outcome: PassOutcome): void {
    this.counts.add('commit');
    const folder = this.inboxNamed(outcome.fence.inboxDocumentId).mailbox.find(outcome.folderPath);
    for (const { location } of outcome.quarantined) {
      this.counts.add('quarantined');
      const stored = folder?.messages.find(({ imapUid }) => imapUid === location.imapUid);
      if (stored) this.everQuarantined.add(stored.mail.key);
    }
    this.judge?.committed(process, outcome);
  }

  private knowThreads(): void {
    const { threads, ids } = this.database;
    const known = { knownSince: 0, inboxDocumentId: '', origin: 'crm' } as const;
    for (const documentId of openThreads) {
      const { root, token } = marksOf(documentId);
      threads.set(documentId, {
        documentId,
        state: 'open',
        baseSubject: 'offer',
        participants: new Set(['us@crm.test', 'ann@customer.test']),
        lastMessageAt: null,
      });
      this.database.keepSent(documentId, `sent in ${documentId}`, sentHeaders(documentId));
      ids.set(root, {
        ...known,
        kind: 'own',
        threadDocumentId: documentId,
        messageDocumentId: `sent in ${documentId}`,
      });
      ids.set(token, { ...known, kind: 'token', threadDocumentId: documentId, messageDocumentId: null });
    }
    threads.set('U', {
      documentId: 'U',
      state: 'unlogged',
      baseSubject: '',
      participants: new Set(),
      lastMessageAt: null,
    });
    ids.set(UNLOGGED_ROOT, { ...known, kind: 'own', threadDocumentId: 'U', messageDocumentId: null });
  }
}

const foldersOf = (mailbox: ModelMailbox) => {
  const listing = mailbox.folders.map(({ path, specialUse, objectId }) => ({
    folderPath: path,
    specialUse,
    objectId,
    delimiter: '/',
    selectable: true,
  }));
  return chooseFolders(listing, 'custom').folders.map((folder) => ({
    ...newFolder(folder),
    role:
      folder.folderPath === 'Log'
        ? ('log' as const)
        : folder.folderPath === 'Unlog'
          ? ('unlog' as const)
          : ('watch' as const),
  }));
};
