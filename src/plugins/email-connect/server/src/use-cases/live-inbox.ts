import { gapOf } from '../domain/inbox/gap';
import type { EmailConnectError } from '../domain/errors';
import { toEmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import type { Fence, ImapSession, Ports, RecordedChange } from '../ports';
import { answerRequests } from './answer-requests';
import { BackfillInbox } from './backfill-inbox';
import { primaryFolder } from './folders-to-read';
import { announceInbox, recordState } from './inbox-state';
import { accessTo } from './open-inbox';
import type { Pass } from './pass';
import { refetchFiles } from './refetch-files';
import { refreshFolders } from './refresh-folders';
import { syncInbox } from './sync-inbox';
import type { Worker } from './worker';

/** A connection that lived so long was no accident: the next failure counts as the first again (a.13). */
const STABLE_MS = 5 * 60_000;
const REFRESH_FOLDERS_MS = 15 * 60_000;

/** One connection of an inbox, from its login to its end. */
export class LiveInbox {
  private closed: EmailConnectError | null = null;
  private readonly ended = new AbortController();
  /** By `clock.monotonicMs()`, as all times here that are only compared with each other. */
  private connectedAt = 0;
  private foldersAt = -Infinity;
  private connectedOn = 0;
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
        if (woken === 'asked') this.foldersAt = -Infinity;
        if (this.closed) throw this.closed as EmailConnectError;
        if (hasMore && woken === 'timeout') await this.fillFurther(backfill, stopped);
      }
    } finally {
      await session.close();
    }
  }

  private async connect(): Promise<ImapSession> {
    const access = await accessTo(this.ports, this.inbox, 'imap', this.signal);
    const session = await this.worker.connects.run(access.host, this.signal, () =>
      this.ports.imap.connect(access, this.signal, (error) => {
        this.closed = toEmailConnectError(error ?? new Error('The server closed the connection.'));
        this.ended.abort();
      })
    );
    this.connectedAt = this.now();
    this.connectedOn = this.ports.clock.now().getTime();
    return session;
  }

  private async catchUp(session: ImapSession): Promise<void> {
    if (this.inbox.state !== 'ok')
      await recordState(this.ports, this.inbox, { state: 'catching-up', stateCode: '', stateReason: '' });
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
    await refetchFiles(this.ports, this.passOf(session));
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
    const gap = this.hasPassed ? null : gapOf(this.inbox.lastPassAt, this.connectedOn, changes);
    this.hasPassed = true;
    await recordState(this.ports, this.inbox, {
      state: 'ok',
      stateCode: '',
      stateReason: '',
      consecutiveFailures: 0,
      lastPassAt: now.toISOString(),
      nextPassAt: new Date(now.getTime() + this.ports.settings.passIntervalMs).toISOString(),
      ...(gap ? { lastGap: gap } : {}),
    });
    this.inbox = { ...this.inbox, state: 'ok', lastPassAt: now.toISOString() };
    if (gap && gap.recovered > 0) await announceInbox(this.ports, this.inbox, 'inbox.recovered');
  }

  private passOf(session: ImapSession): Pass {
    const isFirst = !this.hasPassed;
    const isCareful = isFirst && this.fence.isAfterCrash === true;
    return { inbox: this.inbox, fence: this.fence, session, signal: this.signal, isFirst, isCareful };
  }

  private now(): number {
    return this.ports.clock.monotonicMs();
  }
}
