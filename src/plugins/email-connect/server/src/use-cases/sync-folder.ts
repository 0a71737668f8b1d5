import { toEmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import { decideChunk } from '../domain/logging/decide-chunk';
import type { Verdict } from '../domain/logging/verdict';
import type { ImapUid, MessageHeaders, ScannedMessage } from '../domain/message/message';
import type { InboxFolder, SyncCursor } from '../domain/sync/folder';
import { planPass } from '../domain/sync/plan-pass';
import { chunkUids } from '../domain/sync/uid-set';
import type { Fence, ImapSession, Location, OpenFolder, PassOutcome, Ports, RecordedChange } from '../ports';
import { fetchMessage } from './fetch-message';

export type SyncPorts = Pick<
  Ports,
  'clock' | 'mime' | 'attachments' | 'logging' | 'messages' | 'news' | 'settings' | 'logger'
>;

/** Whose mailbox, over which connection, under which lease. */
export interface Pass {
  inbox: Inbox;
  fence: Fence;
  session: ImapSession;
  /** Aborts when the process shuts down or loses the lease: the pass ends after its present step. */
  signal: AbortSignal;
}

/** Headers of so many messages are judged with one read of the records (a.12: the knee of the curve). */
const CHUNK_SIZE = 500;
/** A transaction holds at most so many bodies, so that memory stays flat in a burst. */
const MESSAGES_PER_STEP = 25;
/** How far back a renumbered folder is read again, beyond the last good pass (a.6). */
const RESCAN_MARGIN_MS = 3 * 24 * 3_600_000;

/**
 * One pass of one folder: everything that came since the cursor is judged, and what belongs to a logged thread is
 * recorded. The cursor moves in the transaction of the records, so whatever interrupts this, it is simply run again.
 */
export const syncFolder = async (
  ports: SyncPorts,
  pass: Pass,
  folder: InboxFolder
): Promise<RecordedChange[]> => {
  const open = await pass.session.openFolder(folder.folderPath);
  try {
    const plan = planPass(folder.cursor, open.state);
    switch (plan.kind) {
      case 'start':
        return await new Step(ports, pass, folder, open).finish(plan.cursor);
      case 'nothing':
        return await new Step(ports, pass, folder, open).finish(folder.cursor ?? startOf(open));
      case 'scan':
        return await scan(ports, pass, folder, open, await uidsToScan(open, plan.from, plan.to), plan.to);
      case 'rescan': {
        const since = rescanSince(folder, pass.inbox, ports.clock.now());
        ports.logger.warn(
          `Folder "${folder.folderPath}" was renumbered by its server; reading the headers since ${since.toISOString()} again.`
        );
        return await scan(ports, pass, folder, open, await open.listUidsSince(since), open.state.uidNext - 1);
      }
      default:
        return plan satisfies never;
    }
  } finally {
    open.release();
  }
};

/** Beyond the last good pass, but never before the inbox was connected (S7). */
const rescanSince = ({ lastPassAt }: InboxFolder, { connectedAt }: Inbox, now: Date): Date => {
  const lastPass = lastPassAt === null ? now.getTime() : Date.parse(lastPassAt);
  return new Date(Math.max(lastPass - RESCAN_MARGIN_MS, connectedAt === null ? 0 : Date.parse(connectedAt)));
};

const startOf = (open: OpenFolder): SyncCursor => ({
  uidValidity: open.state.uidValidity,
  lastUid: (open.state.uidNext - 1) as ImapUid,
});

/** One new message is the common case: no need to ask which UIDs exist. */
const uidsToScan = async (open: OpenFolder, from: number, to: number): Promise<ImapUid[]> =>
  from === to ? [from as ImapUid] : open.listUids(from, to);

const scan = async (
  ports: SyncPorts,
  pass: Pass,
  folder: InboxFolder,
  open: OpenFolder,
  uids: ImapUid[],
  lastUid: number
): Promise<RecordedChange[]> => {
  const step = new Step(ports, pass, folder, open);
  for (const chunk of chunkUids(uids, CHUNK_SIZE)) {
    const { scanned, unreadable } = await open.scanHeaders(chunk);
    const headers = scanned.map((message) => ports.mime.parseHeaders(message.headerBytes));
    const facts = await ports.logging.loadFacts(pass.inbox.documentId, headers);
    const verdicts = decideChunk(headers, facts, {
      inboxDocumentId: pass.inbox.documentId,
      inboxAddress: pass.inbox.address,
      folderUse: folder.specialUse,
    });
    await step.apply(chunk, judgedByUid(scanned, headers, verdicts), new Set(unreadable));
    if (pass.signal.aborted) return step.changes;
  }
  return step.finish({ uidValidity: open.state.uidValidity, lastUid: lastUid as ImapUid });
};

interface JudgedMessage {
  scanned: ScannedMessage;
  headers: MessageHeaders;
  verdict: Verdict;
}

const judgedByUid = (scanned: ScannedMessage[], headers: MessageHeaders[], verdicts: Verdict[]) => {
  const judged = new Map<ImapUid, JudgedMessage>();
  scanned.forEach((message, i) => {
    const header = headers[i];
    const verdict = verdicts[i];
    if (header && verdict) judged.set(message.imapUid, { scanned: message, headers: header, verdict });
  });
  return judged;
};

/** Gathers what a pass has to write and writes it, step by step, each time with the cursor. */
class Step {
  private cursor: SyncCursor | null;
  readonly changes: RecordedChange[] = [];
  private logged: PassOutcome['logged'] = [];
  private sighted: PassOutcome['sighted'] = [];
  private quarantined: PassOutcome['quarantined'] = [];

  constructor(
    private readonly ports: SyncPorts,
    private readonly pass: Pass,
    private readonly folder: InboxFolder,
    private readonly open: OpenFolder
  ) {
    this.cursor = folder.cursor;
  }

  /** Every UID of the chunk, in order; one that is in neither map was gone when asked again (P1). */
  async apply(
    chunk: readonly ImapUid[],
    judged: ReadonlyMap<ImapUid, JudgedMessage>,
    unreadable: ReadonlySet<ImapUid>
  ): Promise<void> {
    for (const imapUid of chunk) {
      const message = judged.get(imapUid);
      if (message) await this.applyVerdict(message);
      else if (unreadable.has(imapUid)) {
        this.quarantine(
          imapUid,
          'MESSAGE_UNREADABLE',
          'The server lists this message but does not hand out its headers.',
          null
        );
      }
      if (this.logged.length >= MESSAGES_PER_STEP) await this.write(this.at(imapUid));
      if (this.pass.signal.aborted) return this.write(this.at(imapUid));
    }
    const last = chunk.at(-1);
    if (last !== undefined) await this.write(this.at(last));
  }

  /** The rest, and the cursor where the pass ends. */
  async finish(cursor: SyncCursor): Promise<RecordedChange[]> {
    await this.write(cursor);
    return this.changes;
  }

  private async applyVerdict({ scanned, headers, verdict }: JudgedMessage): Promise<void> {
    const location = this.locationOf(scanned.imapUid);
    switch (verdict.kind) {
      case 'ignore':
        return;
      case 'known':
        this.sighted.push({ messageDocumentId: verdict.messageDocumentId, location });
        return;
      case 'log':
        try {
          const message = await fetchMessage(
            this.ports,
            this.pass.inbox,
            this.open,
            scanned,
            headers,
            verdict
          );
          if (message) this.logged.push({ message, location });
        } catch (error) {
          const failure = toEmailConnectError(error);
          // Only what is wrong with this one message may be passed over; a lost connection ends the pass.
          if (failure.code !== 'MESSAGE_UNREADABLE' && failure.code !== 'SERVER_REFUSED') throw failure;
          this.quarantine(scanned.imapUid, failure.code, failure.detail || failure.message, verdict.evidence);
        }
        return;
      default:
        return verdict satisfies never;
    }
  }

  private quarantine(
    imapUid: ImapUid,
    code: string,
    detail: string,
    evidence: PassOutcome['quarantined'][number]['evidence']
  ) {
    this.quarantined.push({ location: this.locationOf(imapUid), code, detail, evidence });
  }

  private locationOf(imapUid: ImapUid): Location {
    return { folderPath: this.folder.folderPath, uidValidity: this.open.state.uidValidity, imapUid };
  }

  private at(lastUid: ImapUid): SyncCursor {
    return { uidValidity: this.open.state.uidValidity, lastUid };
  }

  private async write(cursorAfter: SyncCursor): Promise<void> {
    const changes = await this.ports.messages.recordPass({
      fence: this.pass.fence,
      folderPath: this.folder.folderPath,
      cursorBefore: this.cursor,
      cursorAfter,
      logged: this.logged,
      sighted: this.sighted,
      quarantined: this.quarantined,
      at: this.ports.clock.now(),
    });
    this.cursor = cursorAfter;
    this.logged = [];
    this.sighted = [];
    this.quarantined = [];
    this.changes.push(...changes);
    for (const change of changes) {
      await this.ports.news.announce({
        kind: change.direction === 'incoming' ? 'message.received' : 'message.sent',
        inboxDocumentId: this.pass.inbox.documentId,
        threadDocumentId: change.threadDocumentId,
        contacts: change.contacts,
      });
    }
  }
}
