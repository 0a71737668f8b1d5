import type { MessageId } from '../../domain/identification/message-id';
import type { InboxFolder } from '../../domain/sync/folder';
import { unpackUids } from '../../domain/sync/uid-set';
import type { Mail } from './mail';
import { roots } from './mail';
import type { MailServer, ModelFolder, Placed } from './mail-server';
import type { ModelRecords } from './records';

/** What the engine did that it must not, or did not do that it must. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/**
 * Whether a mail can be ours at all, whatever was recorded: a contact's or the user's own, that leads to a root by what
 * it cites. Plain, and knows nothing of the engine's rungs.
 */
export const mayBeOurs = (mail: Mail | undefined, mails: ReadonlyMap<MessageId, Mail>): boolean => {
  if (!mail || mail.cites === null || mail.kind === 'side') return false;
  const root = roots.get(mail.cites);
  return root === undefined ? mayBeOurs(mails.get(mail.cites), mails) : root !== 'U';
};

/** The thread that a mail belongs to by its root; null for none. */
const threadOf = (mail: Mail, mails: ReadonlyMap<MessageId, Mail>): string | null => {
  if (mail.cites === null) return null;
  const cited = mails.get(mail.cites);
  return roots.get(mail.cites) ?? (cited ? threadOf(cited, mails) : null);
};

/** Whether a mail is ours by what is recorded now: it cites something recorded in an open thread. */
export const isOurs = (mail: Mail, records: ModelRecords): boolean => {
  if (mail.cites === null || mail.kind === 'side') return false;
  const known = records.ids.get(mail.cites);
  return known !== undefined && records.threads.get(known.threadDocumentId)?.state === 'open';
};

const isWatched = ({ specialUse }: ModelFolder): boolean => specialUse !== 'trash';

const isForever = ({ unreadable, refusals, scanCuts, bodyCuts }: Placed): boolean =>
  [unreadable, refusals, scanCuts, bodyCuts].includes(Infinity);

export const isRecorded = ({ messageId }: Mail, records: ModelRecords): boolean =>
  records.messages.has(messageId);

/** Everything is read, nothing fails any more: what must be recorded, what may not be. Throws a Violation. */
export const checkEnd = (
  server: MailServer,
  records: ModelRecords,
  mails: ReadonlyMap<MessageId, Mail>,
  connectedAt: string
): void => {
  for (const folder of server.folders.filter(isWatched)) {
    for (const placed of folder.placed) {
      const { mail, receivedAt, uid } = placed;
      const must = receivedAt >= connectedAt && isOurs(mail, records) && !isRecorded(mail, records);
      if (must && !(isForever(placed) && isInQuarantine(folder, uid, records)))
        throw new Violation(`P1: ${mail.messageId} in ${folder.folderPath} ${uid} is not recorded.`);
    }
  }
  for (const { messageId, threadDocumentId } of records.messages.values()) {
    const mail = mails.get(messageId);
    if (!mail || !mayBeOurs(mail, mails)) throw new Violation(`S19: ${messageId} is recorded and not ours.`);
    if (mail.isOld && !mail.hasMoved)
      throw new Violation(`S7: ${messageId} is older than the connection, and recorded.`);
    if (records.threads.get(threadDocumentId)?.state !== 'open')
      throw new Violation(`S21: ${messageId} is in an un-logged thread.`);
    if (threadOf(mail, mails) !== threadDocumentId)
      throw new Violation(`S5: ${messageId} is in the wrong thread.`);
  }
  checkQuarantine(server, records);
};

const isInQuarantine = (folder: ModelFolder, uid: number, { quarantine }: ModelRecords): boolean =>
  quarantine.some(
    ({ location }) =>
      location.folderPath === folder.folderPath &&
      location.uidValidity === String(folder.uidValidity) &&
      location.imapUid === uid
  );

/** Whatever is in quarantine at the end is there, and still cannot be read; or its folder is not listed, and may come back (c12). */
const checkQuarantine = (server: MailServer, records: ModelRecords): void => {
  for (const { location } of records.quarantine) {
    const folder = server.at(location.folderPath);
    const placed = folder?.placed.find(({ uid }) => uid === location.imapUid);
    const isThere = folder && location.uidValidity === String(folder.uidValidity) && placed;
    if (folder && (!isThere || !isForever(placed)))
      throw new Violation(`P1: the quarantine names ${JSON.stringify(location)}, which is not so.`);
  }
};

/** Of what was ours and went away while it was read at least the header is there, or it is in quarantine until then (c10). */
export const checkVanished = (vanished: readonly Mail[], server: MailServer, records: ModelRecords): void => {
  for (const mail of vanished) {
    const liesSomewhere = server.folders.some(({ placed }) => placed.some((one) => one.mail === mail));
    const isToBe = records.quarantine.some(
      ({ gone }) => gone?.candidate.headers.messageId === mail.messageId
    );
    if (!liesSomewhere && !isToBe && isOurs(mail, records) && !isRecorded(mail, records))
      throw new Violation(`c10: ${mail.messageId} was deleted while it was read, and nothing tells of it.`);
  }
};

/** What a pass of a folder owes when it has committed a cursor: shown when it was opened, and ours by then. */
export interface Owed {
  uidValidity: string;
  uid: number;
  mail: Mail;
  /** Below the cursor: read in no order, so owed by the whole pass only. */
  isLate: boolean;
}

export const owedAtOpen = (folder: ModelFolder, records: ModelRecords, connectedAt: string): Owed[] => {
  const stored = records.folders.find(({ folderPath }) => folderPath === folder.folderPath);
  const uidValidity = String(folder.uidValidity);
  const shown = folder.placed.filter(({ hidden }) => !hidden);
  return shown
    .filter(({ drops, receivedAt }) => drops === 0 && receivedAt >= connectedAt)
    .filter((placed) => stored && isDue(placed, stored, folder, shown.length))
    .filter(({ mail }) => isOurs(mail, records))
    .map(({ uid, mail }) => {
      const isLate = stored?.cursor?.uidValidity === uidValidity && uid <= stored.cursor.lastUid;
      return { uidValidity, uid, mail, isLate };
    });
};

const DAY_MS = 24 * 3_600_000;

/**
 * New above the cursor; below it when the count shows that one came late; after a renumbering, or in a folder that is
 * new, what is young enough. The rest may wait for the daily sweep.
 */
const isDue = (
  { uid, receivedAt }: Placed,
  { cursor, memory, readFrom }: InboxFolder,
  folder: ModelFolder,
  exists: number
): boolean => {
  if (!cursor) return readFrom !== null && receivedAt >= readFrom;
  if (cursor.uidValidity !== String(folder.uidValidity) || folder.uidNext <= cursor.lastUid) {
    const whole = memory.completeUpTo;
    return whole !== null && Date.parse(receivedAt) >= Date.parse(whole) - 3 * DAY_MS;
  }
  if (uid > cursor.lastUid) return true;
  return exists !== memory.exists && !new Set<number>(unpackUids(memory.recentUids)).has(uid);
};

/** The cursor is never ahead (P1), and `completeUpTo` never claims more than is true (P10). */
export const checkCommit = (
  owed: readonly Owed[],
  folder: ModelFolder,
  records: ModelRecords,
  claim: { folderPath: string; lastUid: number; isWhole: boolean }
): void => {
  for (const { uid, mail, uidValidity, isLate } of owed) {
    if ((isLate || uid > claim.lastUid) && !claim.isWhole) continue;
    const isThere = folder.placed.some((placed) => placed.uid === uid && placed.mail === mail);
    if (!isThere || isRecorded(mail, records) || !isOurs(mail, records)) continue;
    const isQuarantined = records.quarantine.some(
      ({ location }) =>
        location.folderPath === claim.folderPath &&
        location.imapUid === uid &&
        location.uidValidity === uidValidity
    );
    if (!isQuarantined)
      throw new Violation(
        `P1: the cursor of ${claim.folderPath} is at ${claim.lastUid}, and ${mail.messageId} (${uid}) is not accounted for.`
      );
  }
};
