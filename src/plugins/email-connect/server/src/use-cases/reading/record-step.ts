import type { EmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { Evidence, Verdict } from '../../domain/logging/verdict';
import type { ImapUid } from '../../domain/message/message';
import type { FolderMemory, InboxFolder, SyncCursor } from '../../domain/sync/folder';
import { rememberUids } from '../../domain/sync/recent-uids';
import type { GoneMessage } from '../../domain/sync/gone';
import { retryWaitMs } from '../../domain/sync/retry-schedule';
import { afterLoss } from '../../domain/sync/suspect';
import type { Asked, Suspect } from '../../domain/sync/suspect';
import type {
  AskedMessage,
  Fence,
  Location,
  LoggedFate,
  MessageToLog,
  MessageToQuarantine,
  MessageToRecord,
  PassOutcome,
  Ports,
  RecordedChange,
} from '../../ports';
import { lookBackFor, wider } from './look-back';
import { nothingGathered, recordOutcome } from './record-outcome';
import type { QuarantineReason } from './record-outcome';

type RecordPorts = Pick<Ports, 'clock' | 'messages' | 'news' | 'logger'>;

/** The inbox and the folder of a step, as the folder was opened. */
export interface StepPlace {
  inbox: Inbox;
  fence: Fence;
  folder: InboxFolder;
  uidValidity: string;
  /** Failed attempts so far of messages in quarantine. */
  attempts: ReadonlyMap<ImapUid, number>;
  /** false: history, which is not announced. */
  announces: boolean;
}

/** At most so many bodies, or so much text, are held before they are written. */
const MESSAGES_PER_STEP = 100;
const CHARACTERS_PER_STEP = 4_000_000;

/** Collects what a pass has to write, and writes it with the cursor, step by step. */
export class RecordStep {
  readonly changes: RecordedChange[] = [];
  /** What became of the messages that were logged, in order. */
  readonly fates: LoggedFate[] = [];
  private gathered = nothingGathered();
  private characters = 0;
  private cursor: SyncCursor | null;
  private memory: FolderMemory;
  private reached: { cursor: SyncCursor | null; recentUids: string } | null = null;
  /**
   * ISO; the folders are to be read once more from then on, because a mail was logged whose answers may have been
   * judged before it (c46).
   */
  private lookBackTo: string | null = null;

  constructor(
    private readonly ports: RecordPorts,
    private readonly place: StepPlace
  ) {
    this.cursor = place.folder.cursor;
    this.memory = place.folder.memory;
  }

  get hasLookBack(): boolean {
    return this.lookBackTo !== null;
  }

  /** Enough is collected to be written. */
  get isFull(): boolean {
    return this.gathered.logged.length >= MESSAGES_PER_STEP || this.characters >= CHARACTERS_PER_STEP;
  }

  log(imapUid: ImapUid, message: MessageToRecord): void {
    this.add({ message, location: this.locationOf(imapUid) });
  }

  /** Logs a message that a person asked for. */
  logAsked(imapUid: ImapUid, message: MessageToRecord, asked: AskedMessage): void {
    this.add({ message, location: this.locationOf(imapUid), asked });
  }

  /** Logs a message that lies in no watched folder any more. */
  logGone(message: MessageToRecord, goneFrom: Location): void {
    this.add({ message, location: null, goneFrom });
  }

  private add(toLog: MessageToLog): void {
    this.gathered.logged.push(toLog);
    const { message } = toLog;
    this.characters += message.parsed.text.length + message.parsed.html.length;
    this.lookBackFrom(message);
  }

  sight(imapUid: ImapUid, known: Extract<Verdict, { kind: 'known' }>): void {
    const { messageDocumentId, threadDocumentId, aliases } = known;
    this.gathered.sighted.push({
      messageDocumentId,
      threadDocumentId,
      aliases,
      location: this.locationOf(imapUid),
    });
  }

  suggest(imapUid: ImapUid, { threadDocumentId, evidence }: Extract<Verdict, { kind: 'ask' }>): void {
    this.gathered.suggested.push({ location: this.locationOf(imapUid), threadDocumentId, evidence });
  }

  unlog(threadDocumentId: string): void {
    this.gathered.unlogged.push(threadDocumentId);
  }

  /** `retries: false`: only a person takes the message out again. */
  quarantine(imapUid: ImapUid, reason: QuarantineReason, retries = true): void {
    this.gathered.quarantined.push(this.asideOf(this.locationOf(imapUid), reason, retries));
  }

  /** Keeps a message in quarantine after another failed attempt. */
  quarantineAt(location: Location, reason: QuarantineReason): void {
    this.gathered.quarantined.push(this.asideOf(location, reason));
  }

  private asideOf(location: Location, reason: QuarantineReason, retries = true): MessageToQuarantine {
    const waitMs = retryWaitMs((this.place.attempts.get(location.imapUid) ?? 0) + 1);
    const nextAt = retries ? new Date(this.ports.clock.now().getTime() + waitMs) : null;
    return { evidence: null, ...reason, location, nextAt };
  }

  /** For a message that loses the connection whenever it is asked for. */
  quarantineLost(imapUid: ImapUid, { code, detail }: EmailConnectError, evidence: Evidence | null): void {
    const words = 'The connection to the mail server ends whenever this message is asked for.';
    this.quarantine(imapUid, { code, detail: `${words} ${detail}`.trim(), evidence });
  }

  /** For a message that is gone: until it is looked for in the other folders, and its header is recorded. */
  quarantineGone(imapUid: ImapUid, gone: GoneMessage): void {
    this.quarantine(imapUid, {
      code: 'MESSAGE_GONE',
      detail: 'It was moved or deleted before it could be read.',
      evidence: gone.verdict.evidence,
      gone,
    });
  }

  /** For a message of which nobody knows yet whether it is ours. */
  quarantineUnread(imapUid: ImapUid): void {
    this.quarantine(imapUid, {
      code: 'MESSAGE_UNREADABLE',
      detail: 'The server lists this message but does not hand out its headers.',
    });
  }

  /** Takes a message out of quarantine: it is gone, or it is not ours. */
  lift(location: Location): void {
    this.gathered.lifted.push(location);
  }

  get suspected(): Suspect | null {
    return this.memory.suspect;
  }

  /** Written with the next `write` or `finish`. */
  suspect(suspect: Suspect | null): void {
    this.memory = { ...this.memory, suspect };
  }

  /** The connection was lost, or may be lost, while these messages are asked for. */
  suspectOf(asked: Asked): void {
    this.suspect(afterLoss(this.suspected, asked));
  }

  /**
   * All of `accounted` is dealt with, messages of `gone` did not come; `lastUid`: the new cursor, if it moves.
   * Written with the next `write` or `finish`.
   */
  reach(accounted: readonly ImapUid[], lastUid: ImapUid | null, gone: readonly ImapUid[] = []): void {
    this.reached = {
      recentUids: rememberUids(this.reached?.recentUids ?? this.memory.recentUids, accounted, gone),
      cursor:
        lastUid === null
          ? (this.reached?.cursor ?? this.cursor)
          : { uidValidity: this.place.uidValidity, lastUid },
    };
  }

  /**
   * Writes what is collected, with the cursor that `reach` set; false where there is no cursor yet, and nothing could
   * be written.
   */
  async write(): Promise<boolean> {
    const { cursor, recentUids } = this.reached ?? {
      cursor: this.cursor,
      recentUids: this.memory.recentUids,
    };
    if (cursor) await this.record(cursor, { ...this.memory, recentUids });
    return cursor !== null;
  }

  /** Writes the rest, and the folder's state after the whole pass. */
  finish(cursor: SyncCursor, memory: Omit<FolderMemory, 'recentUids'>): Promise<void> {
    return this.record(cursor, { ...memory, recentUids: this.reached?.recentUids ?? this.memory.recentUids });
  }

  locationOf(imapUid: ImapUid): Location {
    return { folderPath: this.place.folder.folderPath, uidValidity: this.place.uidValidity, imapUid };
  }

  private lookBackFrom(message: MessageToRecord): void {
    const lookBack = lookBackFor(message, this.memory.completeUpTo, this.ports.clock.now());
    if (!lookBack) return;
    this.gathered.lookBack = wider(this.gathered.lookBack, lookBack);
    this.lookBackTo = earlier(this.lookBackTo, this.gathered.lookBack.since.toISOString());
  }

  private async record(cursorAfter: SyncCursor, memory: FolderMemory): Promise<void> {
    const after = { ...memory, lookBackTo: earlier(memory.lookBackTo, this.lookBackTo) };
    const outcome: PassOutcome = {
      fence: this.place.fence,
      folderPath: this.place.folder.folderPath,
      cursorBefore: this.cursor,
      cursorAfter,
      memory: after,
      lookBackBefore: this.memory.lookBackTo,
      ...this.gathered,
      at: this.ports.clock.now(),
    };
    const { changes, logged } = await recordOutcome(this.ports, outcome, (location, reason) =>
      this.asideOf(location, reason)
    );
    this.fates.push(...logged);
    this.cursor = cursorAfter;
    this.memory = after;
    this.gathered = nothingGathered();
    this.reached = null;
    this.characters = 0;
    this.changes.push(...changes);
    for (const change of this.place.announces ? changes : []) {
      await this.ports.news.announce({
        kind: kindOf(change),
        inboxDocumentId: this.place.inbox.documentId,
        threadDocumentId: change.threadDocumentId,
        messageDocumentId: change.messageDocumentId,
        contacts: change.contacts,
      });
    }
  }
}

/** ISO; null for none. One look back that waits is not cut short by another. */
const earlier = (one: string | null, other: string | null): string | null =>
  one === null || other === null ? (one ?? other) : one < other ? one : other;

const kindOf = ({ direction, bounces }: RecordedChange) => {
  if (bounces) return 'message.bounced' as const;
  return direction === 'incoming' ? ('message.received' as const) : ('message.sent' as const);
};
