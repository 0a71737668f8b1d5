import type { MessageId } from '../../domain/identification/message-id';
import type { PassOutcome } from '../../ports';
import { emptyMemory } from '../../domain/sync/folder';
import { folderWith, inboxWith } from '../fakes/mailbox-scene';
import type { Counts } from './counts';
import type { Fault } from './gate';
import type { Gate } from './gate';
import type { Change, History, Step } from './history';
import { Instance } from './instance';
import type { Ground } from './instance';
import { mailOf, roots } from './mail';
import type { Mail } from './mail';
import { MailServer } from './mail-server';
import type { ModelFolder, Trait } from './mail-server';
import { checkCommit, checkEnd, checkVanished, mayBeOurs, owedAtOpen, Violation } from './oracle';
import type { Owed } from './oracle';
import { ModelRecords } from './records';
import { sessionOn } from './session';

const CONNECTED_AT = Date.parse('2026-03-01T09:00:00.000Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Searched for among others, then asked for alone. */
const LOSSES_EACH = 10;

/** A folder as a process opened it last. */
interface Opened {
  folder: ModelFolder;
  owed: Owed[];
  completeUpTo: string | null;
}

/** A mailbox, the records, and the processes between them: plays a history and holds the engine to its promises. */
export class World {
  private readonly server: MailServer;
  private readonly records = new ModelRecords();
  private readonly clock = { ms: CONNECTED_AT - 20 * DAY_MS };
  private readonly mails = new Map<MessageId, Mail>();
  private readonly owed = new Map<Instance<Change>, Opened>();
  /** Since the present turn began. */
  private vanished: Mail[] = [];
  /** Those that a cursor has passed. */
  private readonly passedOver: Mail[] = [];
  private gone: {
    mail: Mail;
    seenBy: Instance<Change>;
    folderPath: string;
    uidValidity: string;
    uid: number;
  }[] = [];
  private readonly connectedAt = new Date(CONNECTED_AT).toISOString();
  private readonly inbox = { value: inboxWith({ connectedAt: this.connectedAt, lastPassAt: null }) };
  private instance: Instance<Change>;
  private born = 0;

  constructor(
    private readonly played: History,
    private readonly counts: Counts
  ) {
    this.server = new MailServer(played.hasObjectIds);
    this.instance = this.newInstance();
    this.records.isUnstorable = (messageId) => this.mails.get(messageId)?.isUnstorable === true;
  }

  async play(): Promise<void> {
    for (const change of this.played.before) this.apply(change, true);
    this.clock.ms = CONNECTED_AT;
    this.connect();
    for (const step of this.played.steps) await this.step(step);
    await this.settle();
    checkEnd(this.server, this.records, this.mails, this.connectedAt);
    checkVanished(this.passedOver, this.server, this.records);
    this.counts.add('mails', this.mails.size);
    this.counts.add('recorded', this.records.messages.size);
  }

  /** As `connectInbox` leaves it. */
  private connect(): void {
    this.records.folders = this.server.folders.map(({ folderPath, specialUse, objectId }) =>
      folderWith(folderPath, {
        specialUse,
        objectId,
        watched: specialUse !== 'trash',
        cursor: null,
        memory: emptyMemory,
        lastPassAt: null,
        readFrom: null,
      })
    );
  }

  private async step(step: Step): Promise<void> {
    this.clock.ms += 1_000;
    switch (step.kind) {
      case 'wait':
        this.clock.ms += step.ms;
        return this.counts.add('wait');
      case 'kill':
        this.counts.add('kill');
        this.instance = this.newInstance();
        return;
      case 'turn':
        this.counts.add('turn');
        return this.turn(step);
      default:
        return this.apply(step, false);
    }
  }

  private async turn({ interruptions }: Extract<Step, { kind: 'turn' }>): Promise<void> {
    this.vanished = [];
    this.gone = [];
    let ending = await this.instance.turn(interruptions);
    if (ending === 'LEASE_TAKEN') {
      this.clock.ms += 31_000;
      ending = await this.instance.turn(interruptions);
    }
    if (ending !== '') this.counts.add(`ended ${ending}`);
    else checkVanished(this.vanished, this.server, this.records);
    if (ending === 'CRASHED') this.instance = this.newInstance();
  }

  /** Faults stop; the clock goes past every retry and a sweep. */
  private async settle(): Promise<void> {
    this.show();
    for (const folder of this.server.folders) {
      Object.assign(folder, { closed: 0, flaps: 0 });
      for (const placed of folder.placed) {
        placed.drops = 0;
        placed.leaves = false;
        if (placed.scanCuts !== Infinity) placed.scanCuts = 0;
        if (placed.bodyCuts !== Infinity) placed.bodyCuts = 0;
        if (placed.refusals !== Infinity) placed.refusals = 0;
        if (placed.unreadable !== Infinity) placed.unreadable = 0;
      }
    }
    for (const mail of this.mails.values()) mail.isUnstorable = false;
    this.instance = this.newInstance();
    for (const waitMs of [60_000, 25 * HOUR_MS, 60_000, 25 * HOUR_MS, 60_000]) {
      this.clock.ms += waitMs;
      const ending = await this.wholeTurn();
      if (ending !== '') throw new Violation(`P2: with all faults over, a turn ended by ${ending}.`);
    }
  }

  /** A message that the server never hands out ends the connection again and again, but not for ever. */
  private async wholeTurn(): Promise<string> {
    const cuts = this.server.folders.flatMap(({ placed }) =>
      placed.filter(({ scanCuts, bodyCuts }) => scanCuts > 0 || bodyCuts > 0)
    );
    let ending = await this.instance.turn();
    for (let left = cuts.length * LOSSES_EACH; ending === 'CONNECTION_LOST' && left > 0; left -= 1)
      ending = await this.instance.turn();
    return ending;
  }

  private newInstance(): Instance<Change> {
    this.born += 1;
    const ground: Ground<Change> = {
      records: this.records,
      clock: this.clock,
      inbox: this.inbox,
      connect: (gate) => this.sessionOf(gate, () => instance),
      onFault: (hit, fault) => this.onFault(hit, fault),
      onCommit: (outcome) => this.onCommit(instance, outcome),
    };
    const instance: Instance<Change> = new Instance(ground, `process ${this.born}`);
    return instance;
  }

  private sessionOf(gate: Gate<Change>, owner: () => Instance<Change>) {
    return sessionOn(this.server, {
      command: () => gate.command(),
      cut: () => {
        gate.isCut = true;
        this.counts.add('cut by a message');
      },
      onOpen: (folder) =>
        void this.owed.set(owner(), {
          folder,
          owed: owedAtOpen(folder, this.records, this.connectedAt),
          completeUpTo: this.stored(folder.folderPath)?.memory.completeUpTo ?? null,
        }),
      onVanished: (mail, { folderPath, uidValidity }, uid) => {
        this.counts.add('vanished');
        this.vanished.push(mail);
        this.gone.push({ mail, seenBy: owner(), folderPath, uidValidity: String(uidValidity), uid });
      },
      onBody: (mail) => {
        this.counts.add('body');
        if (!mayBeOurs(mail, this.mails))
          throw new Violation(`S19: the body of ${mail.messageId} was asked for.`);
      },
    });
  }

  private onCommit(instance: Instance<Change>, outcome: PassOutcome): void {
    this.counts.add('commit');
    const { cursorBefore, cursorAfter, memory, folderPath, fence } = outcome;
    for (const { mail, seenBy, ...place } of this.gone) {
      // Whoever takes over meanwhile finds nothing that was there.
      if (seenBy !== instance) continue;
      const isHere = place.folderPath === folderPath && place.uidValidity === cursorAfter.uidValidity;
      const isPassed = place.uid <= cursorAfter.lastUid && place.uid > (cursorBefore?.lastUid ?? 0);
      if (isHere && isPassed) this.passedOver.push(mail);
    }
    if (fence.token !== this.records.lease.token)
      throw new Violation('P2: a process wrote whose lease another one holds.');
    for (const _ of outcome.quarantined) this.counts.add('quarantined');
    const last = this.owed.get(instance);
    if (!last || last.folder.folderPath !== folderPath) return;
    if (String(last.folder.uidValidity) !== cursorAfter.uidValidity) return;
    checkCommit(last.owed, last.folder, this.records, {
      folderPath,
      lastUid: cursorAfter.lastUid,
      isWhole: memory.completeUpTo !== null && memory.completeUpTo !== last.completeUpTo,
    });
  }

  private stored(folderPath: string) {
    return this.records.folders.find((folder) => folder.folderPath === folderPath);
  }

  private async onFault(hit: Instance<Change>, fault: Fault<Change>): Promise<void> {
    this.counts.add(`at a call: ${fault.kind}`);
    if (fault.kind === 'change') this.apply(fault.change, false);
    if (fault.kind === 'abort') hit.stop();
    if (fault.kind === 'steal') {
      hit.isPaused = true;
      this.clock.ms += 31_000;
      const ending = await this.newInstance().turn();
      if (ending !== '' && ending !== 'LEASE_TAKEN') this.counts.add(`thief ended ${ending}`);
      // The thief goes away cleanly, or its lease would outlast the history's next turn.
      this.clock.ms += 31_000;
    }
  }

  private apply(change: Change, isOld: boolean): void {
    this.clock.ms += 1_000;
    const happened = this.happen(change, isOld);
    if (happened) this.counts.add(change.kind === 'arrive' ? nameOf(change.mail, change.trait) : change.kind);
  }

  private happen(change: Change, isOld: boolean): boolean {
    const { server } = this;
    switch (change.kind) {
      case 'arrive':
        this.deliver(server.folder(change.folder), change, isOld);
        return true;
      case 'burst':
        this.deliverReplies(server.folder(0), change.replies);
        return true;
      case 'move':
        return server.move(change.message, change.folder, change.keeps);
      case 'expunge':
        return server.expunge(change.message);
      case 'appear':
        return this.show();
      case 'renumber':
        server.renumber(server.folder(change.folder));
        return true;
      case 'flap':
        server.folder(change.folder).flaps = change.times;
        return true;
      case 'restore': {
        const folder = server.folder(change.folder);
        if (!server.restore(folder, change.lost)) return false;
        this.deliverReplies(folder, change.replies);
        return true;
      }
      case 'rename':
        server.rename();
        return true;
      case 'create':
        server.create();
        return server.move(change.message, server.folders.length - 1, false) || true;
      case 'close-folder':
        server.folder(change.folder).closed = change.times;
        return true;
      case 'un-log':
        this.records.unlog(change.thread % 8 === 0 ? 'T1' : 'T2');
        return true;
      default:
        return change satisfies never;
    }
  }

  private deliverReplies(folder: ModelFolder, count: number): void {
    for (let i = 0; i < count; i += 1) this.deliver(folder, { mail: 'reply', cites: 0, trait: {} }, false);
  }

  private deliver(
    folder: ModelFolder,
    { mail: kind, cites, trait }: Pick<Extract<Change, { kind: 'arrive' }>, 'mail' | 'cites' | 'trait'>,
    isOld: boolean
  ): void {
    const known = [...roots.keys(), ...this.mails.keys()];
    const at = new Date(this.clock.ms).toISOString();
    const mail = mailOf(kind, this.mails.size, known[cites % known.length] as MessageId, at, isOld);
    this.mails.set(mail.messageId, mail);
    this.server.place(folder, mail, at, trait);
  }

  private show(): boolean {
    const hidden = this.server.folders.flatMap(({ placed }) => placed.filter((one) => one.hidden));
    for (const placed of hidden) placed.hidden = false;
    return hidden.length > 0;
  }
}

const nameOf = (mail: string, trait: Trait): string => [mail, ...Object.keys(trait)].join(' ');
