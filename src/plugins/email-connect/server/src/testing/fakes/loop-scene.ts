import { EmailConnectError } from '../../domain/errors';
import type { Gap, Inbox } from '../../domain/inbox/inbox';
import type { ImapSession, InboxChange, InboxProgress, OpenFolder, Ports, RecordedChange } from '../../ports';
import { FakeFolder, refusal } from './fake-folder';
import { FakeInboxes } from './fake-inboxes';
import { folderWith, inboxWith } from './mailbox-scene';
import { ConnectQueue } from '../../use-cases/inbox/connect-queue';
import { runInbox } from '../../use-cases/supervising/run-inbox';
import { outboxKey } from '../../use-cases/sending/run-outbox';
import type { Worker } from '../../use-cases/supervising/worker';

/** The wait before a lease is renewed, how long an answer about it is waited for, and what is under way when it is lost. */
const WAITS_MS = [8_000, 6_000, 1_500];
const newFolder = { uidValidity: '7', uidNext: 1, exists: 0, objectId: null };
/** When it begins. */
export const start = Date.parse('2026-03-01T10:00:00Z');

export interface LoopScene {
  /** One entry a connection: what happens instead of a session. */
  connections?: (EmailConnectError | null)[];
  inbox?: Partial<Inbox>;
  leases?: (number | EmailConnectError | null)[];
  renews?: boolean;
  /** One that was never read. */
  hasNewFolder?: boolean;
  /** What the first pass of that one records. */
  brings?: RecordedChange[];
  /** Waits for a wake-up until the loop is told to stop. */
  rounds?: number;
  /** The connection breaks in the middle of the first pass. */
  breaksInPass?: EmailConnectError;
  /** Nothing in it would end the loop. */
  stopsAtOnce?: boolean;
  /** The first look for what is to be sent. */
  outboxFails?: EmailConnectError;
  /** How long each wait for a wake-up takes. */
  roundMs?: number;
  onWait?: (round: number, world: LoopWorld) => unknown;
  /** In the middle of the first pass. */
  inPass?: (world: LoopWorld) => Promise<void>;
  /** The mail server is to be left alone for so long, as some process wrote. */
  restMs?: number;
}

export interface LoopWorld {
  close(error: Error): void;
  /** What a person changes, and it is heard here. */
  change(change: InboxChange, also?: { endsRest: boolean }): Promise<void>;
  /** The same, and it is not heard. */
  changeUnheard(change: InboxChange): Promise<void>;
  stored(): Inbox;
}

/** A loop over a mailbox in which nothing happens, by a clock that the waits move. */
export const runLoop = async (scene: LoopScene) => {
  const loop = new FakeLoop(scene);
  if (scene.stopsAtOnce) setImmediate(() => loop.controller.abort());
  await runInbox(loop.ports(), 'I', loop.worker, loop.controller.signal);
  const { states, rests, gaps, beats, log, warnings, told } = loop;
  const count = (what: string) => log.filter((entry) => entry === what).length;
  return {
    states,
    rests,
    gaps,
    beats,
    warnings,
    told,
    stored: loop.inboxes.one(),
    log: log.filter((entry) => !['list', 'sends', 'reads'].includes(entry)),
    read: count('reads'),
    sends: count('sends'),
    listed: count('list'),
  };
};

const next = <T>(list: T[]): T | undefined => (list.length > 1 ? list.shift() : list[0]);

class FakeLoop implements LoopWorld {
  readonly controller = new AbortController();
  readonly inboxes: FakeInboxes;
  readonly states: string[] = [];
  readonly rests: number[] = [];
  readonly gaps: Gap[] = [];
  readonly beats: number[] = [];
  readonly log: string[] = [];
  readonly worker: Worker;
  readonly warnings: string[] = [];
  /** Each event with the inbox as it was stored by then. */
  readonly told: { kind: string; stored: Inbox }[] = [];
  private readonly connections: (EmailConnectError | null)[];
  private readonly leases: (number | EmailConnectError | null)[];
  private now = start;
  private round = 0;
  private restUntil: number;
  private outdated = new AbortController();
  private onClosed: ((error: Error | null) => void) | undefined;

  constructor(private readonly scene: LoopScene) {
    const lastPassAt = new Date(start - 60_000).toISOString();
    this.inboxes = new FakeInboxes(inboxWith({ lastPassAt, ...scene.inbox }));
    this.connections = scene.connections ?? [null];
    this.leases = scene.leases ?? [1];
    this.restUntil = start + (scene.restMs ?? 0);
    this.worker = {
      holder: 'process',
      connects: new ConnectQueue(),
      onBeat: (silentMs) => void this.beats.push(silentMs),
      outdated: () => {
        if (this.outdated.signal.aborted) this.outdated = new AbortController();
        return this.outdated.signal;
      },
    };
  }

  readonly close = (error: Error): void => this.onClosed?.(error);

  readonly stored = (): Inbox => this.inboxes.one();

  readonly changeUnheard = async (change: InboxChange): Promise<void> => {
    await this.inboxes.records.change('I', () => change);
  };

  readonly change = async (change: InboxChange, also?: { endsRest: boolean }): Promise<void> => {
    if (also?.endsRest) this.restUntil = 0;
    await this.changeUnheard(change);
    this.outdated.abort();
  };

  ports(): Ports {
    return {
      ...this.mailPorts(),
      ...this.recordPorts(),
      clock: {
        now: () => new Date(this.now),
        monotonicMs: () => this.now,
        sleep: (ms: number, signal?: AbortSignal) => this.sleep(ms, signal),
      },
      random: { bytes: () => new Uint8Array([0]) },
      news: {
        announce: async ({ kind }: { kind: string }) => {
          this.log.push(kind);
          this.told.push({ kind, stored: this.inboxes.one() });
        },
      },
      wakeups: {
        wake: () => void this.log.push('woken'),
        wait: (key: string, ms: number, signal: AbortSignal) =>
          key === outboxKey('I') ? this.waitToSend(signal) : this.wait(ms),
      },
      background: {
        run: async (work: (stop: AbortSignal) => unknown) => work(new AbortController().signal),
      },
      settings: { passIntervalMs: 60_000 },
      logger: { warn: (message: string) => void this.warnings.push(message), error: () => undefined },
    } as unknown as Ports;
  }

  private mailPorts() {
    const session = {
      watch: async () => undefined,
      listFolders: async () => {
        this.log.push('list');
        return [];
      },
      openFolder: () => this.openFolder(),
      close: async () => void this.log.push('closed'),
    } as unknown as ImapSession;
    return {
      hosts: { resolve: async () => '192.0.2.1' },
      secrets: { open: () => 'password' },
      imap: {
        connect: async (_: unknown, __: AbortSignal, onClosed: (error: Error | null) => void) => {
          this.log.push('connect');
          this.onClosed = onClosed;
          const failure = next(this.connections);
          if (failure) throw failure;
          return session;
        },
      },
    };
  }

  private recordPorts() {
    return {
      leases: {
        acquire: async () => {
          const token = next(this.leases);
          if (token instanceof EmailConnectError) throw token;
          return token ? { inboxDocumentId: 'I', token } : null;
        },
        renew: async () => this.scene.renews ?? true,
        release: async () => void this.log.push('released'),
        rest: async (_: unknown, ms: number) => {
          this.restUntil = this.now + ms;
        },
        restMs: async () => Math.max(0, this.restUntil - this.now),
      },
      inboxes: {
        ...this.inboxes.records,
        recordState: (inbox: Inbox, progress: InboxProgress) => this.recordState(inbox, progress),
      },
      folders: {
        list: async () =>
          this.scene.hasNewFolder
            ? [folderWith('INBOX', { cursor: null })]
            : [folderWith('INBOX'), folderWith('Archive')],
        merge: async () => undefined,
        recordFailure: async () => undefined,
      },
      messages: {
        recordPass: async () => ({ changes: this.scene.brings?.splice(0) ?? [], logged: [] }),
      },
      quarantine: { list: async () => [], listDue: async () => [] },
      files: { listDue: async () => [] },
      copies: { listDue: async () => [] },
      requests: { next: async () => null },
      backfills: { load: async () => null },
      outbox: {
        listEvident: async () => [],
        listDue: () => this.listDue(),
        nextDueInMs: async () => null,
      },
    };
  }

  private async openFolder(): Promise<OpenFolder> {
    const { scene } = this;
    this.log.push('reads');
    const { inPass, breaksInPass } = scene;
    delete scene.inPass;
    delete scene.breaksInPass;
    if (scene.hasNewFolder) return new FakeFolder([], newFolder);
    await inPass?.(this);
    if (breaksInPass) this.onClosed?.(breaksInPass);
    throw breaksInPass ?? refusal('FOLDER_UNREADABLE');
  }

  private async recordState(inbox: Inbox, progress: InboxProgress): Promise<boolean> {
    if (!(await this.inboxes.records.recordState(inbox, progress))) return false;
    this.states.push(`${progress.state} ${progress.stateCode}`.trim());
    if (progress.lastGap) this.gaps.push(progress.lastGap);
    return true;
  }

  private async listDue(): Promise<[]> {
    this.log.push('sends');
    const { outboxFails } = this.scene;
    delete this.scene.outboxFails;
    if (outboxFails) throw outboxFails;
    return [];
  }

  private async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (WAITS_MS.includes(ms) && signal) return aborted(signal);
    this.now += ms;
  }

  /** A rest is over when its time is, or when a person ends it; anything else takes a round. */
  private async wait(ms: number): Promise<string> {
    const { onWait, rounds = 1, roundMs = 60_000 } = this.scene;
    const isResting = this.restUntil > this.now;
    if (isResting) this.rests.push(ms);
    await onWait?.(this.round, this);
    if (isResting) this.now = Math.max(this.now, this.restUntil);
    else {
      this.now += roundMs;
      this.round += 1;
    }
    if (this.round >= rounds) this.controller.abort();
    return 'timeout';
  }

  /** The sending loop is told by nobody, but looks again after it failed. */
  private async waitToSend(signal: AbortSignal): Promise<string> {
    if (
      this.warnings.some((warning) => warning.startsWith('Sending')) &&
      !this.log.includes('looked again')
    ) {
      this.log.push('looked again');
      return 'timeout';
    }
    await aborted(signal);
    return 'aborted';
  }
}

const aborted = (signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve());
  });
