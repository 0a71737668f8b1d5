import type { Inbox } from '../../domain/inbox/inbox';
import type { MessageId } from '../../domain/identification/message-id';
import type {
  InboxRecords,
  InboxSecrets,
  MailToQueue,
  MessageToCompose,
  Ports,
  QueuedMail,
} from '../../ports';
import { followSignals } from '../../use-cases/supervising/follow-signals';
import { superviseInboxes } from '../../use-cases/supervising/supervise-inboxes';
import type { Supervisor } from '../../use-cases/supervising/supervise-inboxes';
import { secretOwner } from '../../use-cases/inbox/open-inbox';
import { headersWith } from '../fakes/build-mail';
import { ModelChance } from './chance';
import type { ModelMail } from '../world/server/mail';
import type { ModelFolder } from '../world/server/mailbox';
import { ModelOutbox } from './outbox';
import { modelPorts } from '../world/ports';
import { ModelScheduler } from './scheduler';
import { isKept, passwordOf } from './handover';
import type { Handover } from './handover';
import { MINUTE_MS } from '../world/server/time';
import { ModelWorld } from '../world/world';
import type { AppendEnding, CallFate, CallName, SendingHistory, SmtpEnding } from './history';
import { SendingProcess } from './process';
import { SendingWitness } from './witness';

/** By then a server has ended an APPEND, whatever became of its connection. */
const APPEND_ENDS_S = 900;
/** What is read now is told so much later, and where a database hangs. */
const ANSWER_MS = 50;
const LATE_ANSWER_MS = 240_000;
/** For its submission, and for a last look at what is stored. */
const PRESS_WAITS_MS = 6_000 + ANSWER_MS;
const TICK_MS = 15_000;
const RESTART_MS = 20_000;
/** After this whoever told a process to end kills it. */
const DRAIN_MS = 60_000;

/** A process with what runs in it. */
export interface Site {
  process: SendingProcess;
  ports: Ports;
  supervisor: Supervisor;
}

/** The site of the reading model, with people who send, SMTP servers, and two processes whose loops run side by side. */
export class SendingWorld extends ModelWorld {
  readonly chance: ModelChance;
  readonly scheduler: ModelScheduler;
  readonly witness = new SendingWitness(this);
  readonly outbox: ModelOutbox;
  readonly sealed = new Map<string, InboxSecrets>();
  readonly files = new Map<string, string>();
  /** Who hears of new mail: the last one that asked. */
  readonly watches = new Map<ModelFolder, () => void>();
  /** Message-IDs of which a server executed an APPEND when nobody expects it any more. */
  readonly lateAppends = new Set<string>();
  readonly sites: (Site | null)[] = [null, null];
  /** Where a disconnection will not be brought to its end. */
  readonly cutShort = new Set<number>();
  /** What servers have still to do. */
  pending = 0;
  isAsleep = false;
  /** Its owner reads that nobody knows. */
  onAsked: (messageDocumentId: string) => void = () => undefined;
  /** How long an answer of the database may be under way. */
  readonly answerMs: number;
  /** A press whose process cannot ask the database any more tells what it knew when it began to wait. */
  readonly lastKnownMs: number;
  private isCalm = false;
  private readonly awayUntil = [0, 0];
  private readonly calls = new Map<string, number>();
  private started = 0;
  private random = 0;

  constructor(
    private history: SendingHistory,
    private readonly portsOfSite: (world: SendingWorld, process: SendingProcess) => Ports
  ) {
    super({ hasObjectIds: true, isNumbered: true }, modelPorts);
    const hangs = history.fates.some(({ kind }) => kind.startsWith('hangs'));
    this.answerMs = hangs ? LATE_ANSWER_MS : ANSWER_MS;
    const goesAway = history.fates.some(({ kind }) => kind === 'goes-away');
    this.lastKnownMs = Math.max(this.answerMs, goesAway ? PRESS_WAITS_MS : 0);
    this.chance = new ModelChance(history.seed);
    this.scheduler = new ModelScheduler(this, this.chance.below);
    this.outbox = new ModelOutbox(
      this.database,
      () => this.now,
      (row) => {
        this.witness.heardOfStage(row);
        if (row.stage === 'asked') this.onAsked(row.messageDocumentId);
      }
    );
    for (const inbox of this.database.inboxes.values()) this.connect(inbox);
  }

  isConnected(inboxDocumentId: string): boolean {
    return this.database.inboxes.get(inboxDocumentId)?.state !== 'disconnected';
  }

  /** The copy in Sent is ours to put there, all the time. */
  get filesCopies(): boolean {
    return this.history.sentCopy === 'append';
  }

  /** A process takes the place of the one before it. */
  start(slot: number): void {
    this.started += 1;
    const offsetMs = (this.history.minutesApart[slot] ?? 0) * MINUTE_MS;
    const process = new SendingProcess(`process${this.started}`, slot, offsetMs, this.scheduler, this);
    const ports = this.portsOfSite(this, process);
    const site = { process, ports, supervisor: superviseInboxes(ports, process.name) };
    this.sites[slot] = site;
    void process.death.then(() => {
      if (this.sites[slot] !== site) return;
      this.sites[slot] = null;
      this.scheduler.after(RESTART_MS, () => {
        if (!this.isAsleep && !this.sites[slot]) this.start(slot);
      });
    });
    void tickOf(site, this.note);
    void followSignals(ports, site.supervisor, process.controller.signal);
  }

  kill(slot: number): void {
    this.sites[slot]?.process.die();
  }

  /** Told to end, as by a deployment. */
  drain(slot: number): void {
    const site = this.sites[slot];
    if (!site) return;
    const { process, supervisor } = site;
    process.controller.abort();
    process.after(DRAIN_MS, () => process.die());
    void Promise.all([supervisor.stop(), ...process.underWay]).finally(() => process.die());
  }

  /** Nothing more goes wrong. */
  calm(): void {
    this.history = { ...this.history, endings: [], appends: [], filings: [], fates: [] };
    this.isCalm = true;
    this.awayUntil.fill(0);
    this.cutShort.clear();
  }

  fateOf(slot: number, name: CallName): CallFate | null {
    const { fates } = this.history;
    if (name === 'forget' && this.cutShort.delete(slot)) return 'crash-after';
    if (fates.length === 0) return null;
    const met = [name, 'any'].map((on) => {
      const key = `${slot} ${on}`;
      const nth = this.calls.get(key) ?? 0;
      this.calls.set(key, nth + 1);
      return fates.find((fate) => fate.slot === slot && fate.on === on && fate.nth === nth)?.kind;
    });
    return met.find((kind) => kind !== undefined) ?? null;
  }

  isAway(slot: number): boolean {
    return (this.awayUntil[slot] ?? 0) > this.now;
  }

  goAway(slot: number, ms: number): void {
    if (this.isCalm) return;
    for (const one of slot < 2 ? [slot] : [0, 1]) this.awayUntil[one] = this.now + ms;
  }

  randomBytes(length: number): Uint8Array {
    this.random += 1;
    return Uint8Array.from({ length }, (_, i) => (i < 4 ? this.random >>> (8 * i) : i) & 255);
  }

  nextEnding(): SmtpEnding | undefined {
    return this.history.endings.shift();
  }

  nextAppend(): AppendEnding | undefined {
    return this.history.appends.shift();
  }

  compose({ from, draft, headers, sentAt }: MessageToCompose): ModelMail {
    const { messageId, inReplyTo, references } = headers;
    return this.keepOutgoing(messageId, {
      inReplyTo: inReplyTo ? [inReplyTo] : [],
      references,
      from: [from],
      to: draft.to,
      subject: draft.subject,
      sentAt: sentAt.toISOString(),
    });
  }

  queue(mail: MailToQueue): QueuedMail {
    const queued = this.outbox.queue(mail);
    if (queued.kind === 'queued') {
      const row = this.outbox.rowOf(queued.entry.messageDocumentId);
      const written = this.mails.find(({ headers }) => headers.messageId === queued.entry.messageId);
      if (row && written) this.witness.heardOfQueue(row, mail, written);
    }
    return queued;
  }

  unlog(threadDocumentId: string): void {
    this.outbox.unlog(threadDocumentId);
    for (const mail of this.witness.mails) {
      if (mail.threadDocumentId === threadDocumentId) mail.erasedAt ??= this.now;
    }
  }

  changeInbox(...[documentId, decide, also = {}]: Parameters<InboxRecords['change']>): Inbox | null {
    const { state: before } = this.database.inboxes.get(documentId) ?? {};
    const inbox = this.database.changeInbox(documentId, decide);
    if (!inbox) return null;
    this.database.signalledAt.set(documentId, this.now);
    if (also.secrets) {
      const before = this.sealed.get(documentId) ?? { imapPassword: '', smtpPassword: '' };
      this.sealed.set(documentId, { ...before, ...also.secrets });
    }
    if (also.secrets === null) this.sealed.delete(documentId);
    const lease = this.database.leases.get(documentId);
    if (lease && also.endsRest) lease.restUntil = 0;
    const wasConnected = before !== 'disconnected';
    const isConnected = this.isConnected(documentId);
    if (!wasConnected && isConnected && !also.secrets) {
      this.witness.complain(
        `S4: ${documentId} is connected again, as ${inbox.state}, and nobody asked for it`
      );
    }
    if (isConnected !== this.sealed.has(documentId)) {
      this.witness.complain(`S52: ${documentId} is ${inbox.state}, and its passwords are another matter`);
    }
    if (wasConnected !== isConnected) this.witness.heardOfConnection(documentId, !isConnected);
    return inbox;
  }

  /** The last byte is with the server: from here on it does what it does, whoever listens. */
  handedOver(handover: Handover, ending: SmtpEnding): void {
    this.witness.heardOfHandover(handover);
    if (isKept(ending)) this.later(ending.silent, () => this.take(handover));
  }

  /** `executedAfter`: seconds, null for never. */
  append(folder: ModelFolder, mail: ModelMail, executedAfter: number | null): void {
    if (executedAfter === null) return;
    if (executedAfter > APPEND_ENDS_S) this.lateAppends.add(mail.headers.messageId ?? '');
    this.later(executedAfter, () => this.put(folder, mail));
  }

  put(folder: ModelFolder | undefined, mail: ModelMail): void {
    if (!folder) return;
    this.inboxNamed('I').mailbox.add(folder, { mail, receivedAt: this.now, placedAt: this.now });
    this.watches.get(folder)?.();
  }

  private take(handover: Handover): void {
    this.witness.heardOfTaking(handover);
    if (this.history.sentCopy !== 'server') return;
    const { after, hasOtherId } = this.history.filings.shift() ?? { after: 0, hasOtherId: false };
    if (after === null) return;
    const { mail, login } = handover;
    const { messageId, ...rest } = mail.headers;
    const filed = hasOtherId ? this.keepOutgoing(`other.${messageId}` as MessageId, rest) : mail;
    const { mailbox } = this.inboxNamed(login.slice(0, 1));
    this.later(after, () => this.put(mailbox.find('Sent'), filed));
  }

  private later(seconds: number, run: () => void): void {
    if (seconds === 0) return run();
    this.pending += 1;
    this.scheduler.after(seconds * 1_000, () => {
      this.pending -= 1;
      run();
    });
  }

  private keepOutgoing(messageId: MessageId, headers: Partial<ModelMail['headers']>): ModelMail {
    const number = this.mails.length;
    return this.keep({
      key: `mail${number}`,
      kind: 'sent',
      size: 1_000 + number,
      returned: null,
      cites: null,
      canary: `canary${number}.`,
      headers: headersWith({ ...headers, messageId }),
    });
  }

  private connect(inbox: Inbox): void {
    const { documentId } = inbox;
    const { sentCopy } = this.history;
    Object.assign(inbox, {
      ownerDocumentId: `owner of ${documentId}`,
      sentCopy,
      provider: sentCopy === 'server' ? 'microsoft' : 'custom',
      sentFolderPath: sentCopy === 'none' ? null : 'Sent',
      smtp: { ...inbox.imap, port: 465 },
    });
    const seal = (kind: keyof InboxSecrets) => `${secretOwner(documentId, kind)}\n${passwordOf(documentId)}`;
    this.sealed.set(documentId, { imapPassword: seal('imapPassword'), smtpPassword: seal('smtpPassword') });
  }
}

const tickOf = async ({ process, supervisor }: Site, note: (text: string) => void): Promise<void> => {
  while (!process.controller.signal.aborted) {
    await supervisor.tick().catch((error: unknown) => note(String(error)));
    await process.sleep(TICK_MS, process.controller.signal);
  }
};
