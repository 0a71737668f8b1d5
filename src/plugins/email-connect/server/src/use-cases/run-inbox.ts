import type { EmailConnectError } from '../domain/errors';
import { toEmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import { gapOf } from '../domain/inbox/gap';
import { stateAfterFailure } from '../domain/inbox/next-state';
import type { Fence, ImapSession, Ports, RecordedChange } from '../ports';
import { answerRequests } from './answer-requests';
import { BackfillInbox } from './backfill-inbox';
import type { ConnectQueue } from './connect-queue';
import { accessTo } from './open-inbox';
import type { Pass } from './pass';
import { refreshFolders } from './refresh-folders';
import { primaryFolder } from './folders-to-read';
import { runOutbox } from './run-outbox';
import { syncInbox } from './sync-inbox';

/** A lease outlives two missed renewals; a process that died holds its inboxes no longer than this. */
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;
/** How soon a free lease is noticed. */
const LEASE_RETRY_MS = 5_000;
/** A connection that lived so long was no accident: the next failure counts as the first again (a.13). */
const STABLE_MS = 5 * 60_000;
const REFRESH_FOLDERS_MS = 15 * 60_000;

/** This process, as the loops of its inboxes see it. */
export interface Worker {
  /** Unique among all processes on the database: only one at a time holds an inbox. */
  holder: string;
  connects: ConnectQueue;
  /** The loop is alive, and may be silent for so long. */
  onBeat(silentMs: number): void;
}

/**
 * Keeps one inbox live until `signal` aborts: two loops under one lease, so that neither waits for the other's server (S47).
 * A pause stops reading, not sending.
 */
export const runInbox = async (
  ports: Ports,
  inboxDocumentId: string,
  worker: Worker,
  signal: AbortSignal
): Promise<void> => {
  while (!signal.aborted) {
    worker.onBeat(LEASE_RETRY_MS);
    const inbox = await ports.inboxes.load(inboxDocumentId);
    if (!inbox || !isRunnable(inbox)) return;
    const fence = await ports.leases.acquire(inboxDocumentId, worker.holder, LEASE_MS);
    if (!fence) {
      await ports.clock.sleep(LEASE_RETRY_MS, signal);
      continue;
    }
    try {
      await underLease(ports, fence, signal, (held) =>
        together(held, [
          (both) => readInbox(ports, fence, worker, both),
          (both) => runOutbox(ports, fence, worker.connects, both),
        ])
      );
    } catch (error) {
      const failure = toEmailConnectError(error);
      if (failure.code !== 'LEASE_LOST') {
        ports.logger.error(`A loop of inbox ${inboxDocumentId} ended: ${failure.code} ${failure.detail}`);
      }
      // Whoever holds the lease now says how the inbox is. No new login at once, in case nobody does.
      await ports.clock.sleep(LEASE_RETRY_MS, signal);
    } finally {
      await ports.leases.release(fence);
    }
  }
};

/** One that fails ends the others; rejects with its failure when all have ended. */
const together = async (
  signal: AbortSignal,
  loops: readonly ((both: AbortSignal) => Promise<void>)[]
): Promise<void> => {
  const failed = new AbortController();
  const both = AbortSignal.any([signal, failed.signal]);
  const ended = await Promise.allSettled(
    loops.map((loop) =>
      loop(both).catch((error: unknown) => {
        failed.abort();
        throw error;
      })
    )
  );
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
};

/** Connected at all: the loops run. */
export const isRunnable = (inbox: Inbox): boolean => inbox.state !== 'disconnected';

const isReadable = (inbox: Inbox): boolean => isRunnable(inbox) && inbox.state !== 'paused';

/**
 * Three phases, again after every failure: connect (log in, under the lease), catchUp (everything since the cursors),
 * live (IDLE, and a pass on every wake-up).
 */
const readInbox = async (ports: Ports, fence: Fence, worker: Worker, signal: AbortSignal): Promise<void> => {
  let failures = 0;
  const onStable = () => {
    failures = 0;
  };
  while (!signal.aborted) {
    const inbox = await ports.inboxes.load(fence.inboxDocumentId);
    if (!inbox || !isReadable(inbox)) return worker.onBeat(Infinity);
    try {
      await new LiveInbox(ports, inbox, fence, worker, signal, onStable).run();
    } catch (error) {
      const failure = toEmailConnectError(error);
      if (failure.code === 'LEASE_LOST') throw failure;
      failures += 1;
      await rest(ports, inbox, failure, failures, worker, signal);
    }
  }
};

/** Runs `work` while the lease is renewed; its signal aborts when the lease is lost or the caller stops. */
const underLease = async (
  ports: Ports,
  fence: Fence,
  signal: AbortSignal,
  work: (held: AbortSignal) => Promise<void>
): Promise<void> => {
  const held = new AbortController();
  const stop = () => held.abort();
  signal.addEventListener('abort', stop);
  const renewal = (async () => {
    while (!held.signal.aborted) {
      await ports.clock.sleep(RENEW_MS, held.signal);
      // A database that cannot be asked is as good as a lost lease: the fence would refuse every write anyway.
      if (!held.signal.aborted && !(await ports.leases.renew(fence, LEASE_MS).catch(() => false))) stop();
    }
  })();
  try {
    await work(held.signal);
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await renewal;
  }
};

/** One connection of an inbox, from its login to its end. */
class LiveInbox {
  private closed: EmailConnectError | null = null;
  private readonly ended = new AbortController();
  private connectedAt = 0;
  private foldersAt = 0;
  private hasPassed = false;

  constructor(
    private readonly ports: Ports,
    private inbox: Inbox,
    private readonly fence: Fence,
    private readonly worker: Worker,
    private readonly signal: AbortSignal,
    private readonly onStable: () => void
  ) {}

  async run(): Promise<void> {
    const session = await this.connect();
    // Not a wake-up: one that breaks during a pass would be kept, and cut short the rest after it.
    const stopped = AbortSignal.any([this.signal, this.ended.signal]);
    try {
      await this.catchUp(session);
      const backfill = new BackfillInbox(this.ports, this.passOf(session));
      while (!this.signal.aborted) {
        await this.turn(session);
        if (this.signal.aborted) return;
        const hasMore = await backfill.step();
        const waitMs = hasMore ? 0 : this.ports.settings.passIntervalMs;
        this.worker.onBeat(waitMs);
        const woken = await this.ports.wakeups.wait(this.inbox.documentId, waitMs, stopped);
        // A person who asks for a check has perhaps made a folder.
        if (woken === 'asked') this.foldersAt = 0;
        if (this.closed) throw this.closed as EmailConnectError;
        if (hasMore && woken === 'timeout') await this.fillFurther(backfill, stopped);
      }
    } finally {
      await session.close();
    }
  }

  private async connect(): Promise<ImapSession> {
    const access = await accessTo(this.ports, this.inbox, 'imap');
    const session = await this.worker.connects.run(access.host, () =>
      this.ports.imap.connect(access, (error) => {
        this.closed = toEmailConnectError(error ?? new Error('The server closed the connection.'));
        this.ended.abort();
      })
    );
    this.connectedAt = this.now();
    return session;
  }

  private async catchUp(session: ImapSession): Promise<void> {
    if (this.inbox.state !== 'ok')
      await record(this.ports, this.inbox, { state: 'catching-up', stateCode: '', stateReason: '' });
    await this.refreshFolders(session);
    const folders = await this.ports.folders.list(this.inbox.documentId);
    const primary = primaryFolder(folders, this.ports.clock.now());
    if (primary) {
      await session.watch(primary.folderPath, () => this.ports.wakeups.wake(this.inbox.documentId));
    }
  }

  /** Live mail first, then what people asked for. */
  private async turn(session: ImapSession): Promise<void> {
    if (this.now() - this.foldersAt >= REFRESH_FOLDERS_MS) await this.refreshFolders(session);
    const changes = await syncInbox(this.ports, this.passOf(session));
    if (this.signal.aborted) return;
    await answerRequests(this.ports, this.passOf(session));
    if (this.now() - this.connectedAt >= STABLE_MS) this.onStable();
    await this.recordPassed(changes);
  }

  /** Chunk after chunk, until someone wakes the inbox or it is time for a pass. */
  private async fillFurther(backfill: BackfillInbox, stopped: AbortSignal): Promise<void> {
    const until = this.now() + this.ports.settings.passIntervalMs;
    while (!this.signal.aborted && this.now() < until) {
      this.worker.onBeat(0);
      if (!(await backfill.step())) return;
      if ((await this.ports.wakeups.wait(this.inbox.documentId, 0, stopped)) !== 'timeout') return;
    }
  }

  private async refreshFolders(session: ImapSession): Promise<void> {
    await refreshFolders(this.ports, this.inbox, session);
    this.foldersAt = this.now();
  }

  private async recordPassed(changes: readonly RecordedChange[]): Promise<void> {
    const now = this.ports.clock.now();
    const gap = this.hasPassed ? null : gapOf(this.inbox.lastPassAt, this.connectedAt, changes);
    this.hasPassed = true;
    await record(this.ports, this.inbox, {
      state: 'ok',
      stateCode: '',
      stateReason: '',
      consecutiveFailures: 0,
      lastPassAt: now.toISOString(),
      nextPassAt: new Date(now.getTime() + this.ports.settings.passIntervalMs).toISOString(),
      ...(gap ? { lastGap: gap } : {}),
    });
    this.inbox = { ...this.inbox, state: 'ok', lastPassAt: now.toISOString() };
    if (gap && gap.recovered > 0) await announce(this.ports, this.inbox, 'inbox.recovered');
  }

  private passOf(session: ImapSession): Pass {
    return { inbox: this.inbox, fence: this.fence, session, signal: this.signal };
  }

  private now(): number {
    return this.ports.clock.now().getTime();
  }
}

/**
 * Says what is wrong, with the next step, and waits before the next try (a.13). Nothing but a person, who starts the
 * loop anew, cuts the wait short: mail that is sent meanwhile must not log in again and again.
 */
const rest = async (
  ports: Ports,
  inbox: Inbox,
  failure: EmailConnectError,
  failures: number,
  worker: Worker,
  signal: AbortSignal
): Promise<void> => {
  const jitter = (ports.random.bytes(1)[0] ?? 0) / 255;
  const { state, waitMs } = stateAfterFailure(failure.code, failures, jitter, failure.retryAfterMs);
  ports.logger.warn(
    `Inbox ${inbox.documentId} is ${state}: ${failure.code} ${failure.message} ${failure.detail}`
  );
  await record(ports, inbox, {
    state,
    stateCode: failure.code,
    stateReason: `${failure.message} ${failure.nextStep}`,
    consecutiveFailures: failures,
    nextPassAt: new Date(ports.clock.now().getTime() + waitMs).toISOString(),
  });
  worker.onBeat(waitMs);
  await ports.clock.sleep(waitMs, signal);
};

/** A person's pause or disconnect, made meanwhile, is not written over. */
const record = async (
  ports: Ports,
  inbox: Inbox,
  change: Partial<Omit<Inbox, 'documentId'>>
): Promise<void> => {
  const stored = await ports.inboxes.load(inbox.documentId);
  if (!stored || !isReadable(stored)) return;
  await ports.inboxes.update(inbox.documentId, change, ['paused', 'disconnected']);
  if (change.state && change.state !== stored.state) await announce(ports, inbox, 'inbox.changed');
};

const announce = (ports: Ports, inbox: Inbox, kind: 'inbox.changed' | 'inbox.recovered'): Promise<void> =>
  ports.news.announce({ kind, inboxDocumentId: inbox.documentId, threadDocumentId: null, contacts: [] });
