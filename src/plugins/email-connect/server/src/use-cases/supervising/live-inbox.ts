import { gapOf } from '../../domain/inbox/gap';
import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { Fence, ImapSession, InboxProgress, Ports, RecordedChange } from '../../ports';
import { answerRequests, compareCopies, refetchFiles, refreshFolders, syncInbox } from '../reading';
import { BackfillInbox } from '../backfill';
import { announceInbox, dial, isReadable, isSameLogin, loginOf, primaryFolder, recordState } from '../inbox';
import type { Login } from '../inbox';
import type { Pass } from '../reading';
import type { Worker } from './worker';

/** After a connection of this length the next failure counts as the first again (a.13). */
const STABLE_MS = 5 * 60_000;
const REFRESH_FOLDERS_MS = 15 * 60_000;
/**
 * How long a change of the inbox, or its end, waits for the loop's present step: a change has to take effect within
 * two seconds.
 */
const LET_GO_MS = 1_500;

/**
 * One connection of an inbox, from its login to its end; changes that people make meanwhile take effect at the next
 * step.
 */
export class LiveInbox {
  private closed: EmailConnectError | null = null;
  private readonly ended = new AbortController();
  private readonly cut = new AbortController();
  private login: Login | null = null;
  /** By `clock.monotonicMs()`, as all times in this class that are only compared with each other. */
  private connectedAt = 0;
  private foldersAt = -Infinity;
  private connectedOn = 0;
  private watched = '';
  /** Whether the folder to watch is to be looked for: at first, and when a person chose other folders. */
  private looksForWatch = true;
  private hasPassed = false;
  /** Changes recorded since the connection, until the first whole pass tells how much mail the gap had brought. */
  private recovered: RecordedChange[] = [];
  private backfill: BackfillInbox | null = null;
  /** Aborts when the loop is to end, or when the inbox was changed: a pass then ends after its present step. */
  private outdated: AbortSignal;
  /** Aborts when `outdated` does, and when the connection ends. */
  private stopped: AbortSignal;

  constructor(
    private readonly ports: Ports,
    /** The inbox as it was last read or written. */
    public inbox: Inbox,
    private readonly fence: Fence,
    private readonly worker: Worker,
    private readonly signal: AbortSignal
  ) {
    this.outdated = this.outdatedBy(inbox);
    this.stopped = this.stoppedBy();
  }

  /** The inbox was changed since it was read: that may be why something failed. */
  get isOutdated(): boolean {
    return this.outdated.aborted;
  }

  /** Resolves when the inbox is not to be read any more, or only with another login. */
  async run(): Promise<void> {
    try {
      const session = await this.connect();
      try {
        if (this.inbox.state !== 'ok')
          await this.record({ state: 'catching-up', stateCode: '', stateReason: '' });
        await this.refreshFolders(session);
        while (await this.isToBeRead()) await this.turn(session);
      } catch (error) {
        throw this.whyEnded(error);
      } finally {
        await session.close();
      }
    } finally {
      this.cut.abort();
    }
  }

  /** A step that met the end of the connection knows only that it ended. */
  private whyEnded(error: unknown): unknown {
    const isLost = error instanceof EmailConnectError && error.code === 'CONNECTION_LOST';
    return isLost && this.closed ? this.closed : error;
  }

  private async connect(): Promise<ImapSession> {
    const login = await loginOf(this.ports, this.inbox, 'imap');
    const wanted = AbortSignal.any([this.signal, this.cut.signal]);
    const access = await dial(this.ports, login.server, login.password, wanted);
    // Not cut when the loop ends: the session logs out, if its server listens.
    const session = await this.worker.connects.run(access.host, wanted, () =>
      this.ports.imap.connect(access, this.cut.signal, (error) => {
        this.closed = toEmailConnectError(error ?? new Error('The server closed the connection.'));
        this.ended.abort();
      })
    );
    this.login = login;
    this.connectedAt = this.now();
    this.connectedOn = this.ports.clock.now().getTime();
    return session;
  }

  /** Reads the inbox from the records, and takes over what a person changed. */
  private async isToBeRead(): Promise<boolean> {
    if (this.signal.aborted) return false;
    const stored = await this.ports.inboxes.load(this.inbox.documentId);
    if (!stored || !isReadable(stored)) return false;
    // The step took so long that the change did not wait for it: the inbox is read over another connection.
    if (this.cut.signal.aborted) return false;
    if (stored.version !== this.inbox.version || this.outdated.aborted) {
      if (!isSameLogin(this.login, await loginOf(this.ports, stored, 'imap'))) return false;
      this.outdated = this.outdatedBy(stored);
      this.stopped = this.stoppedBy();
      this.backfill = null;
      this.looksForWatch = true;
    }
    this.inbox = stored;
    return true;
  }

  private async turn(session: ImapSession): Promise<void> {
    if (this.looksForWatch) await this.watch(session);
    await this.pass(session);
    if (this.outdated.aborted) return;
    this.backfill ??= new BackfillInbox(this.ports, this.passOf(session));
    const hasMore = await this.backfill.step();
    const waitMs = hasMore ? 0 : this.ports.settings.passIntervalMs;
    this.worker.onBeat(waitMs);
    // Not a wake-up: one that came during a pass would be kept, and would cut the rest after the pass short.
    const woken = await this.ports.wakeups.wait(this.inbox.documentId, waitMs, this.stopped);
    // A person who asks for a check has perhaps made a folder: the folders are listed again.
    if (woken === 'asked') this.foldersAt = -Infinity;
    if (this.closed) throw this.closed as EmailConnectError;
    if (hasMore && woken === 'timeout') await this.fillFurther(this.backfill);
  }

  /** Live mail first, then what people asked for. */
  private async pass(session: ImapSession): Promise<void> {
    if (this.now() - this.foldersAt >= REFRESH_FOLDERS_MS) await this.refreshFolders(session);
    const changes = await syncInbox(this.ports, this.passOf(session));
    if (!this.hasPassed) this.recovered.push(...changes);
    if (this.outdated.aborted) return;
    await answerRequests(this.ports, this.passOf(session));
    await refetchFiles(this.ports, this.passOf(session));
    await compareCopies(this.ports, this.passOf(session));
    await this.recordPassed();
  }

  /** Reads chunk after chunk, until someone wakes the inbox or a pass is due. */
  private async fillFurther(backfill: BackfillInbox): Promise<void> {
    const until = this.now() + this.ports.settings.passIntervalMs;
    while (!this.outdated.aborted && this.now() < until) {
      this.worker.onBeat(0);
      if (!(await backfill.step())) return;
      if ((await this.ports.wakeups.wait(this.inbox.documentId, 0, this.stopped)) !== 'timeout') return;
    }
  }

  private async refreshFolders(session: ImapSession): Promise<void> {
    await refreshFolders(this.ports, this.inbox, session);
    this.foldersAt = this.now();
  }

  private async watch(session: ImapSession): Promise<void> {
    const folders = await this.ports.folders.list(this.inbox.documentId);
    const primary = primaryFolder(folders, this.ports.clock.now());
    if (primary && primary.folderPath !== this.watched) {
      await session.watch(primary.folderPath, () => this.ports.wakeups.wake(this.inbox.documentId));
      this.watched = primary.folderPath;
    }
    this.looksForWatch = false;
  }

  private async recordPassed(): Promise<void> {
    const now = this.ports.clock.now();
    const gap = this.hasPassed ? null : gapOf(this.inbox.lastPassAt, this.connectedOn, this.recovered);
    const isStable = this.now() - this.connectedAt >= STABLE_MS;
    const isRecorded = await this.record({
      state: 'ok',
      stateCode: '',
      stateReason: '',
      ...(isStable ? { consecutiveFailures: 0 } : {}),
      lastPassAt: now.toISOString(),
      nextPassAt: new Date(now.getTime() + this.ports.settings.passIntervalMs).toISOString(),
      ...(gap ? { lastGap: gap } : {}),
    });
    if (!isRecorded) return;
    this.hasPassed = true;
    this.recovered = [];
    if (gap && gap.recovered > 0) await announceInbox(this.ports, this.inbox, 'inbox.recovered');
  }

  private async record(progress: InboxProgress): Promise<boolean> {
    const recorded = await recordState(this.ports, this.inbox, progress);
    if (recorded) this.inbox = recorded;
    return recorded !== null;
  }

  private passOf(session: ImapSession): Pass {
    const isFirst = !this.hasPassed;
    const isCareful = isFirst && this.fence.isAfterCrash === true;
    return { inbox: this.inbox, fence: this.fence, session, signal: this.outdated, isFirst, isCareful };
  }

  private outdatedBy({ version }: Inbox): AbortSignal {
    const outdated = AbortSignal.any([this.signal, this.worker.outdated(version)]);
    const onAbort = () => void this.cutUnlessSeen(outdated);
    // Node keeps a signal with listeners, and its listeners, as long as the signals it was made from: for months.
    outdated.addEventListener('abort', onAbort, { signal: this.cut.signal });
    return outdated;
  }

  /** Not made anew at each turn, for the same reason. */
  private stoppedBy(): AbortSignal {
    return AbortSignal.any([this.outdated, this.ended.signal]);
  }

  /** A server that hangs keeps nobody from changing the inbox: a step that does not end soon is cut (S47). */
  private async cutUnlessSeen(outdated: AbortSignal): Promise<void> {
    await this.ports.clock.sleep(LET_GO_MS, this.cut.signal);
    if (this.outdated === outdated) this.cut.abort();
  }

  private now(): number {
    return this.ports.clock.monotonicMs();
  }
}
