import type { DecisionContext } from '../domain/logging/decision-context';
import type { ImapUid } from '../domain/message/message';
import { placeIn } from '../domain/sync/backfill';
import type { FolderMemory, InboxFolder, SyncCursor } from '../domain/sync/folder';
import { isUnstable, withRenumbering } from '../domain/sync/plan-pass';
import type { PassPlan, UidRange } from '../domain/sync/plan-pass';
import { lateUids } from '../domain/sync/recent-uids';
import { chunkUids } from '../domain/sync/uid-set';
import type { OpenFolder, QuarantinedMessage } from '../ports';
import { ApplyVerdicts } from './apply-verdicts';
import { candidateOf, contextOf } from './decision-context';
import { judgeMessages } from './judge-messages';
import { lookAhead } from './look-ahead';
import type { FolderResult, Pass, SyncPorts } from './pass';
import { RecordStep } from './record-step';

/** Headers of so many messages are judged with one read of the records. */
const CHUNK_SIZE = 250;
/** One chunk comes while one is judged: after a crash these two are read again, 500 headers (a.12: the knee of the curve). */
const CHUNKS_AHEAD = { atOnce: 1, held: 1 };
/** So many of the newest messages are remembered one by one when a folder is first seen. */
const NEWEST = 500;

/** One pass of one open folder, by its plan. */
export class FolderPass {
  private readonly step: RecordStep;
  private readonly context: DecisionContext;
  private readonly verdicts: ApplyVerdicts;
  /** Of this folder as it is numbered now. */
  private readonly retried: ReadonlyMap<ImapUid, QuarantinedMessage>;

  constructor(
    private readonly ports: SyncPorts,
    private readonly pass: Pass,
    private readonly folder: InboxFolder,
    private readonly open: OpenFolder,
    private readonly now: Date,
    private readonly plan: PassPlan,
    private readonly due: readonly QuarantinedMessage[]
  ) {
    const { uidValidity } = open.state;
    this.context = contextOf(ports, pass.inbox, folder);
    this.retried = new Map(
      due
        .filter(({ location }) => location.uidValidity === uidValidity)
        .map((message) => [message.location.imapUid, message])
    );
    const isRenumbered = plan.kind === 'read' && plan.isRenumbered;
    this.step = new RecordStep(ports, {
      ...{ inbox: pass.inbox, fence: pass.fence, uidValidity },
      folder: isRenumbered ? { ...folder, memory: { ...folder.memory, recentUids: '' } } : folder,
      announces: true,
      attempts: new Map([...this.retried].map(([imapUid, { attempts }]) => [imapUid, attempts])),
    });
    this.verdicts = new ApplyVerdicts(
      ports,
      pass,
      folder,
      open,
      this.step,
      new Set(this.retried.keys()),
      this.context
    );
  }

  async run(): Promise<FolderResult> {
    const { plan } = this;
    switch (plan.kind) {
      case 'begin':
        this.step.reach(await this.seenBefore(plan.cursor.lastUid), null);
        await this.step.finish(plan.cursor, this.memoryAfter(true));
        break;
      case 'unchanged':
        await this.retry();
        await this.end(this.folder.cursor, false);
        break;
      case 'read':
        await this.readParts(plan);
        await this.end(plan.cursorAfter, plan.isSweep);
        break;
      default:
        return plan satisfies never;
    }
    const { changes, hasLookBack } = this.step;
    const { renumberedAt } = this.memoryAfter(false);
    return {
      ...{ changes, hasLookBack, vanished: this.verdicts.vanished },
      isUnstable: isUnstable(renumberedAt, this.open.state, this.now.toISOString()),
    };
  }

  private async readParts(plan: Extract<PassPlan, { kind: 'read' }>): Promise<void> {
    const { fresh, net, since } = plan;
    const isByTime = fresh === null && net === null;
    const listed = since === null ? [] : await this.open.listUidsSince(new Date(since));
    const waiting = since === null || isByTime ? [] : await this.waitingUids();
    const inQuarantine = new Set([...this.retried.keys(), ...waiting]);
    const inWindow = listed.filter((uid) => !inQuarantine.has(uid));
    await this.retry();
    if (isByTime) {
      await this.read(inWindow, { movesCursor: true, since, isWindow: true });
    } else {
      // Below the cursor first: it does not move by what is read there.
      if (net) await this.readLate(net);
      await this.read(
        inWindow.filter((uid) => uid < (fresh?.from ?? Infinity)),
        { movesCursor: false, since, isWindow: true }
      );
      // One new message is the common case: no need to ask which UIDs exist.
      const news =
        fresh && fresh.from !== fresh.to
          ? await this.open.listUids(fresh.from, fresh.to)
          : fresh && [fresh.from as ImapUid];
      await this.read(news ?? [], { movesCursor: true, since: null });
    }
  }

  /** What shows below the cursor and is not remembered; after a window that is older mail as well, left alone by its date (S7). */
  private async readLate({ from, to }: UidRange): Promise<void> {
    const late = lateUids(await this.open.listUids(from, to), this.folder.memory.recentUids);
    if (late.length > 0) await this.read(late, { movesCursor: false, since: await this.oursFrom() });
  }

  /** All of this folder in quarantine: what is not due stays there, whatever window it lies in. */
  private async waitingUids(): Promise<ImapUid[]> {
    const { folderPath } = this.folder;
    const { uidValidity } = this.open.state;
    const all = await this.ports.quarantine.list(this.pass.inbox.documentId);
    return all
      .filter(({ location }) => location.folderPath === folderPath && location.uidValidity === uidValidity)
      .map(({ location }) => location.imapUid);
  }

  /**
   * The quarantine: what was judged ours already, and what could not be judged; that only from the time on that is ours
   * to read, which nobody could tell when its headers would not come (S7).
   */
  private async retry(): Promise<void> {
    const all = [...this.retried];
    const judged = all.filter(([, { evidence }]) => evidence !== null).map(([imapUid]) => imapUid);
    const unjudged = all.filter(([, { evidence }]) => evidence === null).map(([imapUid]) => imapUid);
    await this.read(judged, { movesCursor: false, since: null });
    if (unjudged.length > 0) await this.read(unjudged, { movesCursor: false, since: await this.oursFrom() });
  }

  /** ISO; null: everything, for a person put it there. A folder that a backfill has yet to come to is its to read. */
  private async oursFrom(): Promise<string | null> {
    const { role, folderPath } = this.folder;
    if (role !== 'watch') return null;
    const { documentId, connectedAt } = this.pass.inbox;
    const backfill = await this.ports.backfills.load(documentId);
    const isBegun = backfill && placeIn(backfill, folderPath, this.open.state.uidValidity) !== undefined;
    return isBegun && connectedAt !== null && backfill.since < connectedAt ? backfill.since : connectedAt;
  }

  /** `since`, ISO: what arrived before is left alone; the server's own search counts whole days. */
  private async read(
    uids: readonly ImapUid[],
    how: { movesCursor: boolean; since: string | null; isWindow?: boolean }
  ): Promise<void> {
    if (this.pass.signal.aborted) return;
    const chunks = lookAhead(chunkUids(uids, CHUNK_SIZE), CHUNKS_AHEAD, (chunk) =>
      this.open.scanHeaders(chunk)
    );
    for await (const [chunk, { scanned, unreadable }] of chunks) {
      const ours = scanned.filter(({ receivedAt }) => how.since === null || receivedAt >= how.since);
      const candidates = ours.map((message) => candidateOf(this.ports, message));
      const judged = await judgeMessages(this.ports, this.open, candidates, this.context);
      for (const imapUid of unreadable) this.step.quarantineUnread(imapUid);
      this.liftSettled(chunk, [...ours.map(({ imapUid }) => imapUid), ...unreadable]);
      const last = await this.verdicts.apply(judged, how.movesCursor);
      const reached = this.pass.signal.aborted ? last : chunk.at(-1);
      if (reached !== undefined) {
        // One that did not come is not remembered: when it shows after all, it came late.
        // Nor one that a window passes over for its date: it may have shown late, and is older than the window only.
        const there = new Set([...scanned.map(({ imapUid }) => imapUid), ...unreadable]);
        const read = how.isWindow ? ours : scanned;
        const came = [...read.map(({ imapUid }) => imapUid), ...unreadable];
        this.step.reach(
          came.filter((uid) => uid <= reached),
          how.movesCursor ? reached : null,
          chunk.filter((uid) => !there.has(uid))
        );
      }
      if (this.pass.signal.aborted) return this.step.write();
      // What the last chunk brought is written with the end of the pass: one transaction for the common case.
      if (chunk.at(-1) !== uids.at(-1)) await this.step.write();
    }
  }

  /** Messages of the quarantine that are gone, or turn out to be older than what is ours to read. */
  private liftSettled(chunk: readonly ImapUid[], open: readonly ImapUid[]): void {
    const isOpen = new Set(open);
    for (const imapUid of chunk)
      if (!isOpen.has(imapUid) && this.retried.has(imapUid)) this.step.lift(this.step.locationOf(imapUid));
  }

  /** What is there at first sight counts as seen, its newest one by one, so that a late one can be told from it. */
  private async seenBefore(lastUid: ImapUid): Promise<ImapUid[]> {
    return lastUid === 0 ? [] : this.open.listUids(Math.max(1, lastUid - NEWEST + 1), lastUid);
  }

  private async end(cursor: SyncCursor | null, isSweep: boolean): Promise<void> {
    if (!cursor || this.pass.signal.aborted) return;
    // What waited under UIDs of an earlier numbering was read under its new one, as far as it is still there (a.6).
    const { uidValidity } = this.open.state;
    for (const { location } of this.due) if (location.uidValidity !== uidValidity) this.step.lift(location);
    await this.step.finish(cursor, this.memoryAfter(isSweep));
  }

  /** The folder after a whole pass: everything that was there when it was opened is accounted for (P10). */
  private memoryAfter(isSweep: boolean): Omit<FolderMemory, 'recentUids'> {
    const now = this.now.toISOString();
    const { renumberedAt, sweptAt } = this.folder.memory;
    return {
      exists: this.open.state.exists,
      completeUpTo: now,
      sweptAt: isSweep ? now : sweptAt,
      renumberedAt:
        this.plan.kind === 'read' && this.plan.isRenumbered
          ? withRenumbering(renumberedAt, now)
          : renumberedAt,
      lookBackTo: null,
    };
  }
}
