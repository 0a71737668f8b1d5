import type { EmailConnectError } from '../../domain/errors';
import type { ImapUid } from '../../domain/message/message';
import type { InboxFolder } from '../../domain/sync/folder';
import { unpackUids } from '../../domain/sync/uid-set';
import type { Fence, Location, PassOutcome } from '../../ports';
import type { Judge } from '../world/judge';
import type { ModelProcess } from '../world/process';
import { locationKey } from '../world/records/database';
import type { ModelMail } from '../world/server/mail';
import { visibleIn } from '../world/server/mailbox';
import type { ModelFolder, StoredMail } from '../world/server/mailbox';
import type { SessionWatch } from '../world/server/session';
import { CONNECTED_AT, DAY_MS } from '../world/server/time';
import type { ModelWorld } from '../world/world';
import { isOurs, mayBeOurs, recordsOf } from './ours';

/** What a pass of a folder owes when it has committed a cursor: shown when it was opened, and ours by then. */
interface Owed {
  imapUid: number;
  mail: ModelMail;
  /** What waited in quarantine, all the time; below the cursor, where it is read in no order, by the whole pass only. */
  by: 'each-commit' | 'cursor' | 'whole-pass';
}

/** A folder as a process opened it last. */
interface Opened {
  folder: ModelFolder;
  known: InboxFolder;
  uidValidity: string;
  uidNext: number;
  owed: Owed[];
  /** Scanned, and gone when their body was asked for. */
  vanished: StoredMail[];
  unlogged: ReadonlySet<string>;
}

/** A mail that vanished while it was read, and that a cursor has passed. */
export interface PassedMail {
  mail: ModelMail;
  folder: InboxFolder;
}

/** How a pass may end that the loop mends by beginning again. */
const EXPECTED: ReadonlySet<string> = new Set(['CONNECTION_LOST', 'SERVER_THROTTLED']);

/** Says at once, of each thing that a process does, when it must never be. */
export class AtCommit implements Judge {
  readonly passed: PassedMail[] = [];
  private readonly opened = new Map<ModelProcess, Opened>();
  private readonly announcements = new Map<string, number>();

  constructor(private readonly world: ModelWorld) {}

  watching(process: ModelProcess, inboxDocumentId: string): SessionWatch {
    return {
      opened: (folder) => this.heardOfOpening(process, inboxDocumentId, folder),
      asked: ({ mail }) => this.heardOfBody(process, mail),
      vanished: (stored) => {
        this.world.counts.add('vanished');
        this.opened.get(process)?.vanished.push(stored);
      },
    };
  }

  committed(process: ModelProcess, outcome: PassOutcome): void {
    if (!this.isHeld(outcome.fence)) this.complain('P2: a process wrote whose lease another one holds');
    const opened = this.opened.get(process);
    if (!opened || opened.known.folderPath !== outcome.folderPath) return;
    if (opened.uidValidity !== outcome.cursorAfter.uidValidity) return;
    this.checkAhead(opened, outcome);
    this.checkOwed(opened, outcome);
    this.checkVanished(opened, outcome);
  }

  /** P2: whoever holds the lease reads and writes alone. */
  rejected({ fence, folderPath }: PassOutcome, { code }: EmailConnectError): void {
    if (code === 'LEASE_LOST' && this.isHeld(fence))
      this.complain(`P2: the holder wrote to ${folderPath} at a cursor that is not there`);
  }

  /** P2, S51: once for each record, and never before. */
  announced(threadDocumentId: string): void {
    const times = (this.announcements.get(threadDocumentId) ?? 0) + 1;
    this.announcements.set(threadDocumentId, times);
    if (times > (this.world.database.inserted.get(threadDocumentId) ?? 0))
      this.complain(
        `P2: mail of ${threadDocumentId} was announced that is not recorded, or was announced before`
      );
  }

  /** P1, c12: what is amiss with a message or a folder ends no pass but by the connection. */
  brokeOff(inboxDocumentId: string, code: string): void {
    this.world.counts.add(`broke off: ${code}`);
    if (!EXPECTED.has(code)) this.complain(`P1: a pass of ${inboxDocumentId} was ended by ${code}`);
  }

  private heardOfOpening(process: ModelProcess, inboxDocumentId: string, folder: ModelFolder): void {
    const { database } = this.world;
    this.opened.delete(process);
    const known = database.foldersOf(inboxDocumentId).find(({ folderPath }) => folderPath === folder.path);
    if (!known) return;
    const { uidValidity, uidNext } = folder;
    this.opened.set(process, {
      folder,
      known: { ...known },
      uidValidity,
      uidNext,
      owed: this.owedIn(inboxDocumentId, folder, known),
      vanished: [],
      unlogged: new Set(
        [...database.threads.values()]
          .filter(({ state }) => state === 'unlogged')
          .map(({ documentId }) => documentId)
      ),
    });
  }

  private owedIn(inboxDocumentId: string, folder: ModelFolder, known: InboxFolder): Owed[] {
    const { uidValidity } = folder;
    const shown = visibleIn(folder);
    const { cursor, folderPath } = known;
    const isNumberedAsBefore = cursor?.uidValidity === uidValidity;
    return shown
      .filter(({ drops, receivedAt }) => drops === 0 && receivedAt >= CONNECTED_AT)
      .filter(({ mail }) => isOurs(this.world, mail, known))
      .flatMap((stored): Owed[] => {
        const { imapUid, mail } = stored;
        const location = { folderPath, uidValidity, imapUid: imapUid as ImapUid };
        if (this.world.database.quarantine.has(locationKey(inboxDocumentId, location)))
          return [{ imapUid, mail, by: 'each-commit' }];
        if (!isDue(stored, known, folder, shown.length)) return [];
        const isBelow = isNumberedAsBefore && imapUid <= cursor.lastUid;
        return [{ imapUid, mail, by: isBelow ? 'whole-pass' : 'cursor' }];
      });
  }

  /** S19, S21: no body is asked for but of mail that may be ours, and is not un-logged. */
  private heardOfBody(process: ModelProcess, mail: ModelMail): void {
    const { database } = this.world;
    this.world.counts.add('body');
    if (!mayBeOurs(this.world, mail))
      this.complain(`S19: the body of ${mail.key} (${mail.kind}) was asked for`);
    // What a bounce returns is not looked into where a person asked for it.
    const isBlind = mail.kind === 'bounce' && this.world.purposely.has(mail.key);
    const cited = mail.cites === null || isBlind ? undefined : database.ids.get(mail.cites);
    if (cited && this.opened.get(process)?.unlogged.has(cited.threadDocumentId))
      this.complain(`S21: the body of ${mail.key} was asked for, and its thread is un-logged`);
  }

  /** P1: the cursor passes nothing that was not there when the folder was opened. */
  private checkAhead({ uidNext }: Opened, { folderPath, cursorBefore, cursorAfter }: PassOutcome): void {
    const hasMoved =
      cursorBefore?.uidValidity !== cursorAfter.uidValidity || cursorBefore.lastUid !== cursorAfter.lastUid;
    if (hasMoved && cursorAfter.lastUid >= uidNext)
      this.complain(`P1: the cursor of ${folderPath} is at ${cursorAfter.lastUid}, where nothing was yet`);
  }

  /** P1: the cursor is never ahead. P10: `completeUpTo` never claims more than is true. */
  private checkOwed({ folder, known, owed }: Opened, outcome: PassOutcome): void {
    const { folderPath, cursorAfter, memory, fence } = outcome;
    const isWhole = memory.completeUpTo !== null && memory.completeUpTo !== known.memory.completeUpTo;
    for (const { imapUid, mail, by } of owed) {
      const isPassed = by === 'cursor' && imapUid <= cursorAfter.lastUid;
      if (!isPassed && !isWhole && by !== 'each-commit') continue;
      const isThere = folder.messages.some((stored) => stored.imapUid === imapUid && stored.mail === mail);
      if (!isThere || this.isAccountedFor(mail, known, fence, locationIn(outcome, imapUid))) continue;
      this.complain(
        `P1: the cursor of ${folderPath} is at ${cursorAfter.lastUid}, and ${mail.key} (${mail.kind}, ${imapUid}) is not accounted for`
      );
    }
  }

  /** c10: what vanished waits in quarantine until it is looked for elsewhere. */
  private checkVanished({ known, vanished }: Opened, outcome: PassOutcome): void {
    const { cursorBefore, cursorAfter, fence } = outcome;
    for (const { imapUid, mail } of vanished) {
      const isPassed = imapUid <= cursorAfter.lastUid && imapUid > (cursorBefore?.lastUid ?? 0);
      if (!isPassed) continue;
      this.passed.push({ mail, folder: known });
      if (!this.isAccountedFor(mail, known, fence, locationIn(outcome, imapUid)))
        this.complain(`c10: ${mail.key} was gone when it was read, and nothing tells of it`);
    }
  }

  private isAccountedFor(mail: ModelMail, known: InboxFolder, fence: Fence, location: Location): boolean {
    return (
      recordsOf(this.world, mail).length > 0 ||
      !isOurs(this.world, mail, known) ||
      this.world.database.quarantine.has(locationKey(fence.inboxDocumentId, location))
    );
  }

  private isHeld({ inboxDocumentId, token }: Fence): boolean {
    const lease = this.world.database.leases.get(inboxDocumentId);
    return lease?.token === token && lease.expiresAt > this.world.now;
  }

  private complain(text: string): void {
    this.world.complain(text);
  }
}

const locationIn = (
  { folderPath, cursorAfter: { uidValidity } }: PassOutcome,
  imapUid: number
): Location => ({
  folderPath,
  uidValidity,
  imapUid: imapUid as ImapUid,
});

/**
 * New above the cursor; below it when the count shows that one came late; after a renumbering, where numbers do not last, or
 * in a folder that is new, what is young enough. The rest may wait for the daily sweep.
 */
const isDue = (
  { imapUid, receivedAt }: StoredMail,
  { cursor, memory, readFrom }: InboxFolder,
  { uidValidity, uidNext }: ModelFolder,
  exists: number
): boolean => {
  if (!cursor) return readFrom === null || receivedAt >= Date.parse(readFrom);
  const { completeUpTo, renumberedAt } = memory;
  const isYoung = completeUpTo !== null && receivedAt >= Date.parse(completeUpTo) - 3 * DAY_MS;
  const isNumberedAnew = cursor.uidValidity !== uidValidity || uidNext <= cursor.lastUid;
  if (isNumberedAnew || uidValidity === '') return isYoung;
  if (renumberedAt.length >= FLAPS && !isYoung) return false;
  if (imapUid > cursor.lastUid) return true;
  return exists !== memory.exists && !new Set<number>(unpackUids(memory.recentUids)).has(imapUid);
};

/** So many renumberings in an hour end the trust in a folder's numbers (c2), which comes back. */
const FLAPS = 5;
