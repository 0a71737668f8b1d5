import { unreachable } from '../../../../shared/unreachable';
import type { DecisionContext } from '../../domain/logging/decision-context';
import type { ImapUid } from '../../domain/message/message';
import { arrivedSince } from '../../domain/sync/arrived-since';
import type { FolderMemory, InboxFolder, SyncCursor } from '../../domain/sync/folder';
import { isUnstable, memoryAfter } from '../../domain/sync/plan-pass';
import type { PassPlan, UidRange } from '../../domain/sync/plan-pass';
import { lateUids } from '../../domain/sync/recent-uids';
import { chunksBeside, endsConnection } from '../../domain/sync/suspect';
import type { Chunk } from '../../domain/sync/suspect';
import type { OpenFolder, QuarantinedMessage } from '../../ports';
import { quarantinedIn } from '../inbox';
import { ApplyVerdicts } from './apply-verdicts';
import { candidateOf, contextOf } from './decision-facts';
import { judgeMessages } from './judge-messages';
import { inTurn, lookAhead } from './look-ahead';
import { LostAt, withLosses } from './lost-at';
import { noteLoss } from './note-loss';
import { oursFrom } from './ours-from';
import type { FolderResult, Pass, SyncPorts } from './pass';
import { RecordStep } from './record-step';

/** Headers of so many messages are judged with one read of the records. */
const CHUNK_SIZE = 250;
/** One chunk arrives while another is judged: after a crash these two are read again, 500 headers (a.12). */
const CHUNKS_AHEAD = { atOnce: 1, held: 1 };
/** When a folder is first seen, the UIDs of so many of its newest messages are remembered. */
const NEWEST = 500;

/** One pass of one open folder, by its plan. */
export class FolderPass {
  private readonly open: OpenFolder;
  private readonly step: RecordStep;
  private readonly context: DecisionContext;
  private readonly verdicts: ApplyVerdicts;
  /** Messages of this folder under its present uidValidity. */
  private readonly retried: ReadonlyMap<ImapUid, QuarantinedMessage>;

  constructor(
    private readonly ports: SyncPorts,
    private readonly pass: Pass,
    private readonly folder: InboxFolder,
    opened: OpenFolder,
    private readonly now: Date,
    private readonly plan: PassPlan,
    private readonly due: readonly QuarantinedMessage[]
  ) {
    const open = withLosses(opened);
    const { uidValidity } = open.state;
    this.open = open;
    this.context = contextOf(ports, pass.inbox, folder);
    this.retried = new Map(
      due
        .filter(({ location }) => location.uidValidity === uidValidity)
        .map((message) => [message.location.imapUid, message])
    );
    const isRenumbered = plan.kind === 'read' && plan.isRenumbered;
    this.step = new RecordStep(ports, {
      inbox: pass.inbox,
      fence: pass.fence,
      uidValidity,
      folder: isRenumbered
        ? { ...folder, memory: { ...folder.memory, recentUids: '', completeUpTo: null } }
        : folder,
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

  /** A connection lost at a message ends the pass; the mail before it is written, and at which message it was lost. */
  async run(): Promise<FolderResult> {
    try {
      return await this.follow(this.plan);
    } catch (error) {
      throw error instanceof LostAt ? error.failure : error;
    }
  }

  private async follow(plan: PassPlan): Promise<FolderResult> {
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
        return unreachable(plan);
    }
    const { changes, hasLookBack } = this.step;
    const { renumberedAt } = this.memoryAfter(false);
    return {
      changes,
      hasLookBack,
      vanished: this.verdicts.vanished,
      isUnstable: isUnstable(renumberedAt, this.open.state, this.now.toISOString()),
    };
  }

  private async readParts(plan: Extract<PassPlan, { kind: 'read' }>): Promise<void> {
    const { fresh, net, since } = plan;
    const isByTime = fresh === null && net === null;
    const listed = since === null ? [] : await this.open.listUidsSince(new Date(since));
    const waiting = since === null ? [] : await this.waitingUids(isByTime);
    const inQuarantine = new Set([...this.retried.keys(), ...waiting]);
    const inWindow = listed.filter((uid) => !inQuarantine.has(uid));
    await this.retry();
    if (isByTime) {
      await this.read(inWindow, { movesCursor: true, since, isWindow: true });
    } else {
      // UIDs below the cursor first: reading them does not move the cursor.
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
      // After a window that broke off, mail that the window left out lies above the cursor too (S7).
      const ours = this.folder.memory.completeUpTo === null ? await this.oursFrom() : null;
      await this.read(news ?? [], { movesCursor: true, since: ours });
    }
  }

  /**
   * Reads UIDs below the cursor that are not remembered; after a window these include older mail, which is left alone
   * by its date (S7).
   */
  private async readLate({ from, to }: UidRange): Promise<void> {
    const late = lateUids(await this.open.listUids(from, to), this.folder.memory.recentUids);
    if (late.length > 0) await this.read(late, { movesCursor: false, since: await this.oursFrom() });
  }

  /**
   * Messages that are not due stay in quarantine, in whatever window they lie. Where UIDs may not last, a UID keeps
   * no message from being read, except one that would end the connection again.
   */
  private async waitingUids(isByTime: boolean): Promise<ImapUid[]> {
    const { folderPath } = this.folder;
    const { uidValidity } = this.open.state;
    const all = await quarantinedIn(this.ports, this.pass.inbox.documentId, folderPath, uidValidity);
    return all
      .filter(({ code }) => !isByTime || endsConnection(code))
      .map(({ location }) => location.imapUid);
  }

  /**
   * Tries the quarantine again: messages that were judged ours already, and messages that could not be judged. The
   * latter only if they arrived since the mail is ours to read, which nobody could check while their headers did not
   * come (S7).
   */
  private async retry(): Promise<void> {
    const all = [...this.retried];
    const judged = all.filter(([, { evidence }]) => evidence !== null).map(([imapUid]) => imapUid);
    const unjudged = all.filter(([, { evidence }]) => evidence === null).map(([imapUid]) => imapUid);
    await this.read(judged, { movesCursor: false, since: null });
    if (unjudged.length > 0) await this.read(unjudged, { movesCursor: false, since: await this.oursFrom() });
  }

  private oursFrom(): Promise<string | null> {
    return oursFrom(this.ports, this.pass, this.folder, this.open.state.uidValidity);
  }

  private async read(uids: readonly ImapUid[], how: HowToRead): Promise<void> {
    if (this.pass.signal.aborted) return;
    try {
      await this.readChunks(uids, how);
    } catch (error) {
      // A connection that this process closed says nothing about a message.
      if (error instanceof LostAt && !this.pass.signal.aborted) {
        const where = { retried: this.retried, movesCursor: how.movesCursor };
        await noteLoss(this.ports, this.pass, this.folder, this.step, error, where);
      }
      throw error;
    }
  }

  private async readChunks(uids: readonly ImapUid[], how: HowToRead): Promise<void> {
    const { suspected } = this.step;
    const isOurs = arrivedSince(how.since);
    const scan = ({ uids: chunk }: Chunk) => this.open.scanHeaders(chunk);
    const all = chunksBeside(uids, suspected, CHUNK_SIZE);
    const chunks =
      suspected === null && !this.pass.isCareful ? lookAhead(all, CHUNKS_AHEAD, scan) : inTurn(all, scan);
    let wasSuspect = false;
    for await (const [{ uids: chunk, isSuspect }, { scanned, unreadable }] of chunks) {
      if (wasSuspect && !isSuspect) this.step.suspect(null);
      wasSuspect = isSuspect;
      const ours = scanned.filter(isOurs);
      const candidates = ours.map((message) => candidateOf(this.ports, message));
      const judged = await judgeMessages(this.ports, this.open, candidates, this.context);
      for (const imapUid of unreadable) this.step.quarantineUnread(imapUid);
      this.liftSettled(chunk, [...judged.map(({ candidate }) => candidate.imapUid), ...unreadable]);
      const last = await this.verdicts.apply(judged, how.movesCursor, isSuspect);
      const reached = this.pass.signal.aborted ? last : chunk.at(-1);
      if (reached !== undefined) {
        // A UID whose message did not come is not remembered: if it appears after all, it came late. Nor is the UID
        // of a message that a window skips for its date: the message may have appeared late, and is older than the
        // window only.
        const there = new Set([...scanned.map(({ imapUid }) => imapUid), ...unreadable]);
        const read = how.isWindow ? ours : scanned;
        const came = [...read.map(({ imapUid }) => imapUid), ...unreadable];
        this.step.reach(
          came.filter((uid) => uid <= reached),
          how.movesCursor ? reached : null,
          chunk.filter((uid) => !there.has(uid))
        );
      }
      if (this.pass.signal.aborted) {
        await this.step.write();
        return;
      }
      // The last chunk is written with the end of the pass: one transaction in the common case.
      if (chunk.at(-1) !== uids.at(-1)) await this.step.write();
    }
    if (wasSuspect) this.step.suspect(null);
  }

  /** Takes messages out of quarantine that are gone, or turn out to be older than the mail that is ours to read. */
  private liftSettled(chunk: readonly ImapUid[], open: readonly ImapUid[]): void {
    const isOpen = new Set(open);
    for (const imapUid of chunk) {
      const settled = isOpen.has(imapUid) ? undefined : this.retried.get(imapUid);
      if (settled) this.step.lift(settled.location);
    }
  }

  /**
   * Messages that are there when the folder is first seen count as seen; the newest UIDs are remembered one by one,
   * so that a late UID can be told from them.
   */
  private async seenBefore(lastUid: ImapUid): Promise<ImapUid[]> {
    return lastUid === 0 ? [] : this.open.listUids(Math.max(1, lastUid - NEWEST + 1), lastUid);
  }

  private async end(cursor: SyncCursor | null, isSweep: boolean): Promise<void> {
    if (!cursor || this.pass.signal.aborted) return;
    // Messages that waited under UIDs of an earlier uidValidity were read under their new ones, if they are still
    // there (a.6).
    const { uidValidity } = this.open.state;
    for (const { location } of this.due) if (location.uidValidity !== uidValidity) this.step.lift(location);
    await this.step.finish(cursor, this.memoryAfter(isSweep));
  }

  private memoryAfter(isSweep: boolean): Omit<FolderMemory, 'recentUids'> {
    const isRenumbered = this.plan.kind === 'read' && this.plan.isRenumbered;
    const { exists } = this.open.state;
    return memoryAfter(this.folder.memory, { now: this.now.toISOString(), exists, isSweep, isRenumbered });
  }
}

interface HowToRead {
  movesCursor: boolean;
  /** ISO; mail that arrived before is left alone: the server's own search counts whole days only. */
  since: string | null;
  isWindow?: boolean;
}
