import { toEmailConnectError } from '../../domain/errors';
import type { ImapUid, ScannedMessage } from '../../domain/message/message';
import { arrivedSince } from '../../domain/sync/arrived-since';
import type { Backfill, BackfillPlace } from '../../domain/sync/backfill';
import { doneAfter, nextChunk, onDay, placeIn, withPlace, withSuspect } from '../../domain/sync/backfill';
import type { InboxFolder } from '../../domain/sync/folder';
import { afterLoss, isToBeSetAside, sizeBeside } from '../../domain/sync/suspect';
import type { OpenFolder, Ports } from '../../ports';
import {
  ApplyVerdicts,
  candidateOf,
  contextOf,
  judgeMessages,
  LostAt,
  RecordStep,
  withLosses,
} from '../reading';
import { foldersToRead, inFolder, quarantinedIn } from '../inbox';
import type { JudgedMessage, Pass, SyncPorts } from '../reading';

type BackfillPorts = SyncPorts & Pick<Ports, 'backfills'>;

/** Headers of so many messages are read before live mail is looked for again. */
const CHUNK_SIZE = 1_000;

/**
 * Reads history that a person asked for (a.8), a chunk at a time, newest first; live mail is read between the chunks.
 * The place is recorded after each chunk: after a crash one chunk is read again, and mail that is logged already
 * keeps its one record.
 */
export class BackfillInbox {
  /** The window's UIDs by folder, so that the server is asked for them once in a connection. */
  private readonly windows = new Map<string, ImapUid[]>();

  constructor(
    private readonly ports: BackfillPorts,
    private readonly pass: Pass
  ) {}

  /** Reads one chunk; false when there is nothing to do now. */
  async step(): Promise<boolean> {
    const { backfills, clock } = this.ports;
    const stored = await backfills.load(this.pass.inbox.documentId);
    if (stored?.state !== 'running') return false;
    const now = clock.now().toISOString();
    const backfill = onDay(stored, now.slice(0, 10));
    if (backfill.bytesToday >= backfill.dailyBytes) return false;
    const { readable, resting } = await this.folders();
    let isWhole = resting.every((folder) => isDone(backfill, folder));
    for (const folder of readable) {
      const after = await this.readFolder(backfill, folder);
      if (after === 'unreadable') isWhole = false;
      if (after === 'done' || after === 'unreadable') continue;
      // The pass ended within the chunk, which is read again later.
      if (this.pass.signal.aborted) return false;
      await backfills.recordProgress(this.pass.fence, after);
      return true;
    }
    // A folder that could not be opened is read once it can be.
    if (!isWhole) return false;
    await backfills.recordProgress(this.pass.fence, { ...backfill, state: 'done', endedAt: now });
    return false;
  }

  private async folders(): Promise<{ readable: InboxFolder[]; resting: InboxFolder[] }> {
    const all = await this.ports.folders.list(this.pass.inbox.documentId);
    const wanted = all.filter(({ watched, listed, role }) => watched && listed && role === 'watch');
    const readable = foldersToRead(wanted, this.ports.clock.now()).filter(({ cursor }) => cursor !== null);
    return { readable, resting: wanted.filter((folder) => !readable.includes(folder)) };
  }

  private async readFolder(
    backfill: Backfill,
    folder: InboxFolder
  ): Promise<Backfill | 'done' | 'unreadable'> {
    if (isDone(backfill, folder)) return 'done';
    try {
      return await inFolder(this.pass.session, folder.folderPath, (open) =>
        this.readOpen(backfill, folder, withLosses(open))
      );
    } catch (error) {
      if (error instanceof LostAt) throw error.failure;
      // The next pass records that the folder cannot be opened (c12).
      if (toEmailConnectError(error).code === 'FOLDER_UNREADABLE') return 'unreadable';
      throw error;
    }
  }

  private async readOpen(backfill: Backfill, folder: InboxFolder, open: OpenFolder): Promise<Backfill> {
    const known = placeIn(backfill, folder.folderPath, open.state.uidValidity);
    const window = await this.windowOf(open, folder, backfill, known !== undefined);
    const counted = known ? backfill : { ...backfill, total: backfill.total + window.length };
    const at: BackfillPlace = known ?? startOf(folder, open, window);
    const chunk = nextChunk(window, at, sizeBeside(at.suspect ?? null, CHUNK_SIZE));
    const step = new RecordStep(this.ports, {
      inbox: this.pass.inbox,
      fence: this.pass.fence,
      folder,
      uidValidity: open.state.uidValidity,
      attempts: new Map(),
      announces: false,
    });
    try {
      return await this.readChunk(counted, folder, open, at, chunk, step);
    } catch (error) {
      if (error instanceof LostAt && !this.pass.signal.aborted) await this.noteLoss(counted, at, step, error);
      throw error;
    }
  }

  /**
   * Records the mail read before the lost connection, and at which message it was lost; or that message is set aside,
   * and the others are read (P1).
   */
  private async noteLoss(
    backfill: Backfill,
    at: BackfillPlace,
    step: RecordStep,
    { asked, evidence, cause }: LostAt
  ): Promise<void> {
    const suspect = at.suspect ?? null;
    const [imapUid] = asked.imapUids;
    const isOver = imapUid !== undefined && isToBeSetAside(suspect, asked);
    if (isOver) step.quarantineLost(imapUid, cause, evidence);
    await step.write();
    const after = withSuspect(at, isOver ? null : afterLoss(suspect, asked));
    await this.ports.backfills.recordProgress(this.pass.fence, {
      ...withPlace(backfill, after),
      logged: backfill.logged + step.changes.length,
    });
  }

  private async windowOf(
    open: OpenFolder,
    { folderPath }: InboxFolder,
    { since }: Backfill,
    isBegun: boolean
  ): Promise<ImapUid[]> {
    const key = `${since} ${open.state.uidValidity} ${folderPath}`;
    // Live passes leave mail that appears before the backfill has begun to the backfill: the list must be fresh.
    const listed = isBegun ? this.windows.get(key) : undefined;
    const window = listed ?? (await open.listUidsSince(new Date(since)));
    this.windows.set(key, window);
    return window;
  }

  private async readChunk(
    backfill: Backfill,
    folder: InboxFolder,
    open: OpenFolder,
    place: BackfillPlace,
    uids: readonly ImapUid[],
    step: RecordStep
  ): Promise<Backfill> {
    const { documentId } = this.pass.inbox;
    // Messages in quarantine are left out: live passes try them again.
    const { uidValidity } = open.state;
    const waiting = await quarantinedIn(this.ports, documentId, folder.folderPath, uidValidity);
    const aside = new Set(waiting.map(({ location }) => location.imapUid));
    const { scanned, unreadable } = await open.scanHeaders(uids.filter((uid) => !aside.has(uid)));
    const inWindow = scanned.filter(arrivedSince(backfill.since));
    const context = contextOf(this.ports, this.pass.inbox, folder);
    const candidates = inWindow.map((message) => candidateOf(this.ports, message));
    const judged = (await judgeMessages(this.ports, open, candidates, context)).map(asHistory);
    for (const imapUid of unreadable) step.quarantineUnread(imapUid);
    await new ApplyVerdicts(this.ports, this.pass, folder, open, step, new Set(), context).apply(
      judged,
      false,
      place.suspect !== undefined
    );
    await step.write();
    return {
      ...withPlace(backfill, doneAfter(place, uids)),
      scanned: backfill.scanned + uids.length,
      logged: backfill.logged + step.changes.length,
      bytesToday: backfill.bytesToday + bytesOf(scanned, judged),
    };
  }
}

const isDone = (backfill: Backfill, { folderPath, cursor }: InboxFolder): boolean =>
  cursor !== null && placeIn(backfill, folderPath, cursor.uidValidity)?.doneFromUid === 0;

const startOf = (
  { folderPath }: InboxFolder,
  { state: { uidValidity } }: OpenFolder,
  window: readonly ImapUid[]
): BackfillPlace => ({ folderPath, uidValidity, doneFromUid: (window.at(-1) ?? -1) + 1 });

/** Mail that was judged ours by its references is logged as history, whichever folder it was found in. */
const asHistory = ({ candidate, verdict }: JudgedMessage): JudgedMessage => ({
  candidate,
  verdict: verdict.kind === 'log' ? { ...verdict, origin: 'backfill' } : verdict,
});

const bytesOf = (scanned: readonly ScannedMessage[], judged: readonly JudgedMessage[]): number => {
  const headers = scanned.reduce((sum, { headerBytes }) => sum + headerBytes.length, 0);
  const bodies = judged.reduce(
    (sum, { candidate, verdict }) => sum + (verdict.kind === 'log' ? candidate.size : 0),
    0
  );
  return headers + bodies;
};
