import type { Inbox } from '../../domain/inbox/inbox';
import { emptyMemory } from '../../domain/sync/folder';
import { chooseFolders } from '../../domain/inbox/choose-folders';
import { dedupIdentity } from '../../domain/message/dedup-identity';
import type { ImapUid } from '../../domain/message/message';
import type { PassOutcome, Ports } from '../../ports';
import { ConnectQueue } from '../../use-cases/inbox/connect-queue';
import { runInbox } from '../../use-cases/supervising/run-inbox';
import { inboxWith } from '../fakes/mailbox-scene';
import { locationKey, ModelDatabase } from './records/database';
import { mailOf, ROOT, TOKEN, UNLOGGED_ROOT } from './server/mail';
import type { MailKind, ModelMail } from './server/mail';
import { ModelMailbox } from './server/mailbox';
import type { StoredMail } from './server/mailbox';
import { ModelProcess } from './process';
import type { Fate } from './process';
import { CONNECTED_AT, iso } from './server/time';

export interface ModelInbox {
  documentId: string;
  mailbox: ModelMailbox;
}

/** A site with two inboxes, its mail servers, and the processes that come and go. */
export class ModelWorld {
  now = CONNECTED_AT;
  readonly database = new ModelDatabase();
  readonly inboxes: ModelInbox[];
  readonly mails: ModelMail[] = [];
  readonly complaints: string[] = [];
  readonly log: string[] = [];
  /** Mail that a person logged, or that ever lay in a folder for that. */
  readonly purposely = new Set<string>();
  /** Keys of mail that was ever in quarantine. */
  readonly everQuarantined = new Set<string>();
  /** Keys of mail that was ever moved or copied. */
  readonly everMoved = new Set<string>();
  readonly bodies = new Set<string>();
  /** Keys of mail that the database does not take for now. */
  readonly unstorable = new Set<string>();
  announced = 0;
  turns = 0;
  private readonly byIdentity = new Map<string, ModelMail>();
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

  write(kind: MailKind, at: number, parent: ModelMail | null): ModelMail {
    return this.keep(mailOf(this.mails.length, kind, new Date(at), parent));
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

  pass(ms: number): void {
    this.now += ms;
  }

  holds(process: ModelProcess): boolean {
    return [...this.database.leases.values()].some(
      ({ holder, expiresAt }) => holder === process.name && expiresAt > this.now
    );
  }

  /** One process holds the inbox for a turn of the real loop, by a clock that is so far ahead, unless fate has it otherwise. */
  async turn(inbox: ModelInbox, fates: readonly Fate[] = [], clockOffsetMs = 0): Promise<void> {
    this.processes += 1;
    this.turns += 1;
    const process = new ModelProcess(`process${this.processes}`, fates, () => this.pass(10), clockOffsetMs);
    const worker = {
      holder: process.name,
      connects: new ConnectQueue(),
      onBeat: () => undefined,
      outdated: () => new AbortController().signal,
    };
    // Whoever comes, comes when the server may be asked again.
    const { restUntil = 0 } = this.database.leases.get(inbox.documentId) ?? {};
    this.pass(Math.max(0, restUntil - this.now));
    const loop = runInbox(this.portsOf(this, process), inbox.documentId, worker, process.controller.signal);
    await Promise.race([loop, process.death]);
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

  heardOfBody({ mail }: StoredMail): void {
    this.bodies.add(mail.key);
    const cited = mail.cites === null ? undefined : this.database.ids.get(mail.cites);
    const isUnlogged = cited && this.database.threads.get(cited.threadDocumentId)?.state === 'unlogged';
    if (isUnlogged && mail.kind === 'unlogged') this.complaints.push(`S21: the body of ${mail.key} was read`);
  }

  /** P1, asked at every commit: the cursor passes nothing that is there, ours, and neither recorded nor in quarantine. */
  heardOfCommit(outcome: PassOutcome): void {
    const { fence, folderPath, cursorBefore: before, cursorAfter: after } = outcome;
    const { mailbox } = this.inboxNamed(fence.inboxDocumentId);
    const folder = mailbox.find(folderPath);
    for (const { location } of outcome.quarantined) {
      const stored = folder?.messages.find(({ imapUid }) => imapUid === location.imapUid);
      if (stored) this.everQuarantined.add(stored.mail.key);
    }
    if (!folder || !before || before.uidValidity !== after.uidValidity) return;
    if (folder.uidValidity !== after.uidValidity || after.uidValidity === '') return;
    // There mail means something else: what lies in Sent was written by the user, and Unlog logs nothing.
    if (folder.specialUse === 'sent' || folder.path === 'Unlog') return;
    for (const stored of folder.messages) {
      const isPassed = stored.imapUid > before.lastUid && stored.imapUid <= after.lastUid;
      // What lay there before the connection is a backfill's to read.
      if (
        stored.isOld ||
        !isPassed ||
        stored.isOddUid ||
        !stored.isVisible ||
        !this.isSurelyOurs(stored.mail)
      )
        continue;
      if (this.isAccountedFor(fence.inboxDocumentId, folderPath, after.uidValidity, stored)) continue;
      this.complaints.push(`P1: the cursor of ${folderPath} passed ${stored.mail.key}`);
    }
  }

  private isSurelyOurs({ kind }: ModelMail): boolean {
    const isOpen = this.database.threads.get('T')?.state === 'open';
    return isOpen && (kind === 'reply' || kind === 'token' || kind === 'nameless');
  }

  private isAccountedFor(
    inboxDocumentId: string,
    folderPath: string,
    uidValidity: string,
    { imapUid, mail }: StoredMail
  ): boolean {
    const key = locationKey(inboxDocumentId, { folderPath, uidValidity, imapUid: imapUid as ImapUid });
    return (
      this.database.locations.has(key) ||
      this.database.quarantine.has(key) ||
      [...this.database.messages.values()].some(
        ({ message }) => this.mailIdentified(message.dedupIdentity) === mail
      )
    );
  }

  private knowThreads(): void {
    const { threads, ids } = this.database;
    const known = { knownSince: 0, inboxDocumentId: '', origin: 'crm' } as const;
    const participants = () => new Set(['us@crm.test', 'ann@customer.test']);
    threads.set('T', {
      documentId: 'T',
      state: 'open',
      baseSubject: 'offer',
      participants: participants(),
      lastMessageAt: null,
    });
    threads.set('U', {
      documentId: 'U',
      state: 'unlogged',
      baseSubject: '',
      participants: new Set(),
      lastMessageAt: null,
    });
    ids.set(ROOT, { ...known, kind: 'own', threadDocumentId: 'T', messageDocumentId: 'sent1' });
    ids.set(TOKEN, { ...known, kind: 'token', threadDocumentId: 'T', messageDocumentId: null });
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
    ...folder,
    role:
      folder.folderPath === 'Log'
        ? ('log' as const)
        : folder.folderPath === 'Unlog'
          ? ('unlog' as const)
          : ('watch' as const),
    listed: true,
    readFrom: null,
    cursor: null,
    memory: emptyMemory,
    lastPassAt: null,
    lastErrorCode: null,
    failures: 0,
    retryAt: null,
  }));
};
