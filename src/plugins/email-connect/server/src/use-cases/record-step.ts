import type { Inbox } from '../domain/inbox/inbox';
import type { Verdict } from '../domain/logging/verdict';
import type { ImapUid } from '../domain/message/message';
import type { FolderMemory, InboxFolder, SyncCursor } from '../domain/sync/folder';
import { rememberUids } from '../domain/sync/recent-uids';
import { retryWaitMs } from '../domain/sync/retry-schedule';
import type {
  Fence,
  Location,
  LookBack,
  MessageToRecord,
  PassOutcome,
  Ports,
  RecordedChange,
} from '../ports';

type RecordPorts = Pick<Ports, 'clock' | 'messages' | 'news'>;

/** Whose folder, as it was opened. */
export interface StepPlace {
  inbox: Inbox;
  fence: Fence;
  folder: InboxFolder;
  uidValidity: string;
  /** Failed attempts so far of messages in quarantine. */
  attempts: ReadonlyMap<ImapUid, number>;
  /** false: history, which is news to nobody. */
  announces: boolean;
}

/** Bodies of so many messages, or so much text, are held at most before they are written. */
const MESSAGES_PER_STEP = 100;
const CHARACTERS_PER_STEP = 4_000_000;
/** How much the clocks of mail servers may differ. */
const CLOCK_SLACK_MS = 3_600_000;
const DAY_MS = 24 * 3_600_000;

type Gathered = Pick<
  PassOutcome,
  'logged' | 'sighted' | 'quarantined' | 'lifted' | 'suggested' | 'unlogged' | 'lookBack'
>;
const nothingYet = (): Gathered => ({
  ...{ logged: [], sighted: [], quarantined: [], lifted: [], suggested: [], unlogged: [] },
  lookBack: null,
});

/** Gathers what a pass has to write, and writes it with the cursor, step by step. */
export class RecordStep {
  readonly changes: RecordedChange[] = [];
  private gathered = nothingYet();
  private characters = 0;
  private cursor: SyncCursor | null;
  private memory: FolderMemory;
  private reached: { cursor: SyncCursor | null; recentUids: string } | null = null;
  /** ISO; a mail was logged whose answers may have been judged before it: the folders are to be read from then on once more (c46). */
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

  /** Enough is gathered to be written. */
  get isFull(): boolean {
    return this.gathered.logged.length >= MESSAGES_PER_STEP || this.characters >= CHARACTERS_PER_STEP;
  }

  log(imapUid: ImapUid, message: MessageToRecord): void {
    this.add(message, this.locationOf(imapUid));
  }

  /** It lies in no folder that is watched. */
  logWithoutLocation(message: MessageToRecord): void {
    this.add(message, null);
  }

  private add(message: MessageToRecord, location: Location | null): void {
    this.gathered.logged.push({ message, location });
    this.characters += message.parsed.text.length + message.parsed.html.length;
    this.lookBackFrom(message);
  }

  sight(imapUid: ImapUid, known: Extract<Verdict, { kind: 'known' }>): void {
    const { messageDocumentId, threadDocumentId, aliases } = known;
    this.gathered.sighted.push({
      ...{ messageDocumentId, threadDocumentId, aliases },
      location: this.locationOf(imapUid),
    });
  }

  suggest(imapUid: ImapUid, { threadDocumentId, evidence }: Extract<Verdict, { kind: 'ask' }>): void {
    this.gathered.suggested.push({ location: this.locationOf(imapUid), threadDocumentId, evidence });
  }

  unlog(threadDocumentId: string): void {
    this.gathered.unlogged.push(threadDocumentId);
  }

  /** `retries: false`: only a person takes it out again. */
  quarantine(
    imapUid: ImapUid,
    reason: { code: string; detail: string; evidence?: PassOutcome['quarantined'][number]['evidence'] },
    retries = true
  ): void {
    const waitMs = retryWaitMs((this.place.attempts.get(imapUid) ?? 0) + 1);
    this.gathered.quarantined.push({
      location: this.locationOf(imapUid),
      code: reason.code,
      detail: reason.detail,
      evidence: reason.evidence ?? null,
      nextAt: retries ? new Date(this.ports.clock.now().getTime() + waitMs) : null,
    });
  }

  /** Nobody knows yet whether it is ours. */
  quarantineUnread(imapUid: ImapUid): void {
    this.quarantine(imapUid, {
      code: 'MESSAGE_UNREADABLE',
      detail: 'The server lists this message but does not hand out its headers.',
    });
  }

  /** It is gone, or not ours after all. */
  lift(location: Location): void {
    this.gathered.lifted.push(location);
  }

  /** All of `accounted` is dealt with, `gone` did not come; `lastUid`: the cursor's, where it moves. Written with the next `write` or `finish`. */
  reach(accounted: readonly ImapUid[], lastUid: ImapUid | null, gone: readonly ImapUid[] = []): void {
    this.reached = {
      recentUids: rememberUids(this.reached?.recentUids ?? this.memory.recentUids, accounted, gone),
      cursor:
        lastUid === null
          ? (this.reached?.cursor ?? this.cursor)
          : { uidValidity: this.place.uidValidity, lastUid },
    };
  }

  /** Writes what is gathered, with the cursor where `reach` said. */
  async write(): Promise<void> {
    const { cursor, recentUids } = this.reached ?? {
      cursor: this.cursor,
      recentUids: this.memory.recentUids,
    };
    if (cursor) await this.record(cursor, { ...this.memory, recentUids });
  }

  /** The rest, and the folder as the whole pass leaves it. */
  finish(cursor: SyncCursor, memory: Omit<FolderMemory, 'recentUids'>): Promise<void> {
    return this.record(cursor, { ...memory, recentUids: this.reached?.recentUids ?? this.memory.recentUids });
  }

  locationOf(imapUid: ImapUid): Location {
    return { folderPath: this.place.folder.folderPath, uidValidity: this.place.uidValidity, imapUid };
  }

  private lookBackFrom({ origin, receivedAt, parsed }: MessageToRecord): void {
    if (origin === 'backfill' || (origin === 'reply' && !this.isLate(receivedAt))) return;
    const sentAt = Date.parse(parsed.headers.sentAt ?? receivedAt);
    const since = new Date(Math.min(sentAt, Date.parse(receivedAt)) - CLOCK_SLACK_MS);
    const everyInbox = origin !== 'sent-folder' && origin !== 'reply';
    this.gathered.lookBack = wider(this.gathered.lookBack, { since, everyInbox });
    const earliest = this.gathered.lookBack.since.toISOString();
    if (this.lookBackTo === null || earliest < this.lookBackTo) this.lookBackTo = earliest;
  }

  /**
   * It was in quarantine, showed up late, or comes out of a gap: what answers it, and cites nothing else, may have been
   * judged without it, here or in a folder that was read before this one (P5). Of the last day the next sweep meets both.
   */
  private isLate(receivedAt: string): boolean {
    const { completeUpTo } = this.place.folder.memory;
    const aDayAgo = new Date(this.ports.clock.now().getTime() - DAY_MS).toISOString();
    return receivedAt < aDayAgo || (completeUpTo !== null && receivedAt < completeUpTo);
  }

  private async record(cursorAfter: SyncCursor, memory: FolderMemory): Promise<void> {
    const { lookBackTo } = this;
    const after = lookBackTo === null ? memory : { ...memory, lookBackTo };
    const changes = await this.ports.messages.recordPass({
      fence: this.place.fence,
      folderPath: this.place.folder.folderPath,
      cursorBefore: this.cursor,
      cursorAfter,
      memory: after,
      lookBackBefore: this.memory.lookBackTo,
      ...this.gathered,
      at: this.ports.clock.now(),
    });
    this.cursor = cursorAfter;
    this.memory = after;
    this.gathered = nothingYet();
    this.reached = null;
    this.characters = 0;
    this.changes.push(...changes);
    for (const change of this.place.announces ? changes : []) {
      await this.ports.news.announce({
        kind: kindOf(change),
        inboxDocumentId: this.place.inbox.documentId,
        threadDocumentId: change.threadDocumentId,
        contacts: change.contacts,
      });
    }
  }
}

const kindOf = ({ direction, notice }: RecordedChange) => {
  if (notice === 'bounce') return 'message.bounced' as const;
  return direction === 'incoming' ? ('message.received' as const) : ('message.sent' as const);
};

const wider = (one: LookBack | null, other: LookBack): LookBack =>
  one === null
    ? other
    : {
        since: one.since < other.since ? one.since : other.since,
        everyInbox: one.everyInbox || other.everyInbox,
      };
