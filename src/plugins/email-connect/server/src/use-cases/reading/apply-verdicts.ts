import { unreachable } from '../../../../shared/unreachable';
import { EmailConnectError } from '../../domain/errors';
import type { DecisionContext } from '../../domain/logging/decision-context';
import type { Verdict } from '../../domain/logging/verdict';
import type { Candidate, ImapUid, ReadMessage } from '../../domain/message/message';
import type { InboxFolder } from '../../domain/sync/folder';
import { isTooMany } from '../../domain/sync/suspect';
import type { MessageToRecord, OpenFolder } from '../../ports';
import { fetchMessage, isRefusal, messageToRecord } from './fetch-message';
import { judgeMessages } from './judge-messages';
import type { JudgedMessage } from './judge-messages';
import { lookAhead } from './look-ahead';
import type { Ahead } from './look-ahead';
import { LostAt, lostAt } from './lost-at';
import type { Pass, SyncPorts, Vanished } from './pass';
import type { RecordStep } from './record-step';
import { originalOf } from './unwrap-forwarded';
import type { ForwardedOriginal } from './unwrap-forwarded';

/** Bodies that are read while others are written: as many as a step writes, and no more bytes than fit into memory. */
const BODIES_AHEAD: Ahead<{ candidate: Candidate }> = {
  atOnce: 5,
  held: 100,
  weight: { limit: 8_000_000, weightOf: ({ candidate }) => candidate.size },
};

/** With a suspect: only one body is asked for, so that it is known which message ends the connection. */
const ONE_BODY: Ahead<unknown> = { atOnce: 1, held: 1 };

/** Carries out the verdicts of a folder's messages: fetches mail that is ours, and passes all to the step. */
export class ApplyVerdicts {
  /** Messages that were judged ours, but gone before their body was read (c10, c11). */
  readonly vanished: Vanished[] = [];

  constructor(
    private readonly ports: SyncPorts,
    private readonly pass: Pass,
    private readonly folder: InboxFolder,
    private readonly open: OpenFolder,
    private readonly step: RecordStep,
    /** UIDs from the quarantine. */
    private readonly retried: ReadonlySet<ImapUid>,
    private readonly context: DecisionContext
  ) {}

  /**
   * Applies the verdicts in order; bodies are fetched ahead, but not `beside` a suspect. Resolves with the last UID
   * that was dealt with. Rejects with LostAt when the connection is lost: all messages before that one are in the
   * step.
   */
  async apply(
    judged: readonly JudgedMessage[],
    movesCursor: boolean,
    isSuspect = false
  ): Promise<ImapUid | undefined> {
    const toLog = judged.flatMap(({ candidate, verdict }) =>
      verdict.kind === 'log' ? [{ candidate, verdict }] : []
    );
    const ahead: Ahead<(typeof toLog)[number]> = isSuspect || this.pass.isCareful ? ONE_BODY : BODIES_AHEAD;
    const bodies = lookAhead(toLog, ahead, ({ candidate, verdict }) => this.body(candidate, verdict));
    let reached: ImapUid | undefined;
    try {
      for (const { candidate, verdict } of judged) {
        if (verdict.kind === 'log') {
          const { value } = await bodies.next();
          if (value) await this.log(candidate, verdict, value[1]);
        } else this.note(candidate.imapUid, verdict);
        reached = candidate.imapUid;
        if (this.pass.signal.aborted) break;
        if (!this.step.isFull) continue;
        this.step.reach([reached], movesCursor ? reached : null);
        await this.step.write();
      }
    } catch (error) {
      if (error instanceof LostAt && reached !== undefined)
        this.step.reach([reached], movesCursor ? reached : null);
      throw error;
    } finally {
      await bodies.return(undefined);
    }
    return reached;
  }

  private note(imapUid: ImapUid, verdict: Exclude<Verdict, { kind: 'log' }>): void {
    switch (verdict.kind) {
      case 'known':
        return this.step.sight(imapUid, verdict);
      case 'ask':
        this.step.suggest(imapUid, verdict);
        return this.liftRetried(imapUid);
      case 'unlog':
        this.step.unlog(verdict.threadDocumentId);
        return this.liftRetried(imapUid);
      case 'hold':
        return this.step.quarantine(imapUid, verdict, false);
      case 'inspect':
      case 'ignore':
        return this.liftRetried(imapUid);
      default:
        return unreachable(verdict);
    }
  }

  private async body(candidate: Candidate, { evidence }: LogVerdict): Promise<Body> {
    const { imapUid } = candidate;
    if (this.pass.isCareful && !(await this.noteBefore(imapUid))) return { kind: 'refused', failure: deadly };
    try {
      const parsed = await lostAt(
        { imapUids: [imapUid], what: 'message' },
        () => fetchMessage(this.ports, this.open, candidate),
        evidence
      );
      if (this.pass.isCareful) this.step.suspect(null);
      return parsed ? { kind: 'read', parsed } : { kind: 'gone' };
    } catch (error) {
      // Only a fault of this one message may be skipped; a lost connection ends the pass.
      if (isRefusal(error)) return { kind: 'refused', failure: error };
      throw error;
    }
  }

  /**
   * Writes down a message before it is asked for, so that it is known if this process dies at it; false when the
   * message is not to be asked for again.
   */
  private async noteBefore(imapUid: ImapUid): Promise<boolean> {
    const known = this.step.suspected;
    if (known?.imapUid === imapUid && isTooMany(known)) {
      this.step.suspect(null);
      return false;
    }
    this.step.suspectOf({ imapUids: [imapUid], what: 'message' });
    await this.ports.folders.recordSuspect(this.pass.fence, this.folder.folderPath, this.step.suspected);
    return true;
  }

  private async log(candidate: Candidate, verdict: LogVerdict, body: Body): Promise<void> {
    const { imapUid } = candidate;
    switch (body.kind) {
      case 'gone': {
        const gone = { candidate, verdict };
        this.vanished.push({ location: this.step.locationOf(imapUid), gone });
        return this.step.quarantineGone(imapUid, gone);
      }
      case 'refused': {
        const { code, detail, message } = body.failure;
        return this.step.quarantine(imapUid, { code, detail: detail || message, evidence: verdict.evidence });
      }
      case 'read': {
        const { specialUse } = this.folder;
        const message = messageToRecord(
          this.ports,
          this.pass.inbox,
          candidate,
          verdict,
          body.parsed,
          specialUse
        );
        const original = verdict.origin === 'log-address' ? originalOf(message) : null;
        if (original === null) return this.step.log(imapUid, message);
        return this.logOriginal(candidate, verdict, message, original);
      }
      default:
        return unreachable(body);
    }
  }

  /**
   * A mail that was forwarded to the log address is logged as the original it contains (S27), in the original's own
   * thread. The original lies in no folder: nobody of the team filed it as sent, though they did so with the forward.
   */
  private async logOriginal(
    candidate: Candidate,
    verdict: LogVerdict,
    message: MessageToRecord,
    original: ForwardedOriginal
  ): Promise<void> {
    const { headers } = original.parsed;
    const forwarded: Candidate = { ...candidate, headers, labels: [], serverThreadId: null };
    const context = { ...this.context, folderUse: null, byHand: true };
    const [judged] = await judgeMessages(this.ports, this.open, [forwarded], context);
    if (judged?.verdict.kind !== 'log') {
      return judged ? this.note(candidate.imapUid, judged.verdict) : undefined;
    }
    const asLogged: LogVerdict = { ...judged.verdict, origin: 'log-address', evidence: verdict.evidence };
    const record = messageToRecord(
      this.ports,
      this.pass.inbox,
      forwarded,
      asLogged,
      { ...original.parsed, trace: [] },
      message.isJunk ? 'junk' : null
    );
    this.step.log(candidate.imapUid, { ...record, receivedAt: original.receivedAt, size: message.size });
  }

  private liftRetried(imapUid: ImapUid): void {
    if (this.retried.has(imapUid)) this.step.lift(this.step.locationOf(imapUid));
  }
}

type LogVerdict = Extract<Verdict, { kind: 'log' }>;

/** For a message at which this process died again and again: it blocks no other mail, and is tried again later. */
const deadly = new EmailConnectError(
  'MESSAGE_UNREADABLE',
  'Strapi ended three times while this message was read.',
  'Look at the log of Strapi and at its memory.'
);

/** The result of asking for a body. */
type Body =
  { kind: 'read'; parsed: ReadMessage } | { kind: 'gone' } | { kind: 'refused'; failure: EmailConnectError };
