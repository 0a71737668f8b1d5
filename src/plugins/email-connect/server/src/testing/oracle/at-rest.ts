import type { InboxFolder } from '../../domain/sync/folder';
import type { IndexedId } from '../world/records/database';
import { openThreads } from '../world/server/mail';
import { visibleIn } from '../world/server/mailbox';
import type { ModelFolder, StoredMail } from '../world/server/mailbox';
import { CONNECTED_AT, DAY_MS } from '../world/server/time';
import type { ModelInbox, ModelWorld } from '../world/world';
import type { PassedMail } from './at-commit';
import { isOurs, mayBeOurs, recordsOf, threadOf } from './ours';

/**
 * What must hold when all has come to rest; one sentence for each thing that does not. `settledFrom`: ms; `passed`: what was
 * gone when it was read.
 */
export const complaintsOf = (
  world: ModelWorld,
  settledFrom: number,
  passed: readonly PassedMail[]
): string[] => [
  ...world.complaints,
  ...doubles(world),
  ...world.inboxes.flatMap((inbox) => missing(world, inbox, settledFrom)),
  ...passed.flatMap((one) => forgotten(world, one)),
  ...intruders(world),
  ...misplaced(world),
  ...leftInQuarantine(world),
  ...incomplete(world),
  ...unanswered(world),
  ...unwell(world),
];

/** P1, P3, c46: what lies under an ordinary UID and was known for ours when it came needs no sweep to be found. */
export const lateComplaints = (world: ModelWorld): string[] =>
  world.inboxes.flatMap((inbox) =>
    missing(
      world,
      inbox,
      Infinity,
      ({ isReused, wasHidden, isOld, mail }) =>
        !isReused && !wasHidden && !isOld && !world.everQuarantined.has(mail.key)
    ).map((text) => `${text}, yet`)
  );

/** P2: one record, whatever happened. */
const doubles = (world: ModelWorld): string[] =>
  world.mails
    .filter((mail) => recordsOf(world, mail).length > 1)
    .map(({ key }) => `P2: ${key} is recorded more than once`);

/** c10: of what was ours and went away while it was read at least the header is there, or it waits until its folder is listed again. */
const forgotten = (world: ModelWorld, { mail, folder }: PassedMail): string[] => {
  const liesSomewhere = world.inboxes.some(({ mailbox }) =>
    mailbox.folders.some(({ messages }) => messages.some((stored) => stored.mail === mail))
  );
  const waits = [...world.database.quarantine.values()].some(
    ({ gone }) => gone?.candidate.headers.messageId === mail.headers.messageId
  );
  const isThere = liesSomewhere || waits || recordsOf(world, mail).length > 0;
  return isThere || !isOurs(world, mail, folder)
    ? []
    : [`c10: ${mail.key} was deleted while it was read, and nothing tells of it`];
};

/** P1, P3: what lies in a watched folder and is ours is recorded. */
const missing = (
  world: ModelWorld,
  inbox: ModelInbox,
  settledFrom: number,
  isMeant: (stored: StoredMail) => boolean = () => true
): string[] =>
  inbox.mailbox.folders.flatMap((folder) => {
    const known = knownFolder(world, inbox, folder);
    if (!known?.watched || known.role === 'unlog') return [];
    if (settledFrom === Infinity && (known.retryAt !== null || known.cursor?.uidValidity === '')) return [];
    return visibleIn(folder)
      .filter(isMeant)
      .filter((stored) => isToBeRecorded(world, inbox, known, stored, settledFrom))
      .filter(({ mail }) => recordsOf(world, mail).length === 0)
      .map(({ mail, imapUid }) => `P1: ${mail.key} (${mail.kind}) is missing: ${folder.path} ${imapUid}`);
  });

const knownFolder = (world: ModelWorld, { documentId }: ModelInbox, folder: ModelFolder) =>
  world.database.foldersOf(documentId).find(({ folderPath, listed }) => listed && folderPath === folder.path);

const isToBeRecorded = (
  world: ModelWorld,
  inbox: ModelInbox,
  folder: InboxFolder,
  stored: StoredMail,
  settledFrom: number
): boolean => {
  const { mail, receivedAt } = stored;
  if (isWithheld(stored) || !isOurs(world, mail, folder)) return false;
  // A folder that came later is read from some days before it was seen.
  if (folder.readFrom !== null && receivedAt < stored.placedAt - DAY_MS) return false;
  // Where numbers do not last, or are another message's, what comes to show later is looked for in the last days only (c2).
  const isLate = stored.wasHidden || stored.placedAt > receivedAt;
  const isLost = stored.isReused || folder.cursor?.uidValidity === '';
  if (isLost && isLate && receivedAt < settledFrom - DAY_MS) return false;
  const { role } = folder;
  const isHistory = receivedAt < CONNECTED_AT;
  if (isHistory && (role !== 'watch' || !isBackfilled(world, inbox, stored))) return false;
  // A folder that is numbered anew is not read for what a backfill did not see, or set aside.
  if (isHistory && (stored.wasHidden || world.everQuarantined.has(mail.key))) return false;
  const entry = mail.cites === null ? undefined : world.database.ids.get(mail.cites);
  if (role === 'log' || !entry) return true;
  return isHistory ? entry.knownSince === 0 : wasKnownInTime(inbox, entry, stored, settledFrom);
};

/** Known before it came; or a look back was asked for (c46); or a sweep comes by while it is young enough (a.4, 11). */
const wasKnownInTime = (
  { documentId }: ModelInbox,
  entry: IndexedId,
  { placedAt, receivedAt }: StoredMail,
  settledFrom: number
): boolean => {
  if (entry.knownSince <= placedAt) return true;
  const isFromReply = entry.origin === 'reply' || entry.origin === 'backfill';
  if (!isFromReply && (entry.origin !== 'sent-folder' || entry.inboxDocumentId === documentId)) return true;
  return entry.knownSince < settledFrom && receivedAt >= settledFrom - DAY_MS;
};

/** The server does not hand it out, whoever asks. */
const isWithheld = ({ unreadable, refused, scanCuts, bodyCuts }: StoredMail): boolean =>
  unreadable + refused + scanCuts + bodyCuts > 0;

const isBackfilled = (
  world: ModelWorld,
  { documentId }: ModelInbox,
  { receivedAt, isOld }: StoredMail
): boolean => {
  const backfill = world.database.backfills.get(documentId);
  return isOld && backfill?.state === 'done' && receivedAt >= Date.parse(backfill.since);
};

/** S19, S21, S22, S7: nothing else is recorded, and nothing of it stands anywhere. */
const intruders = (world: ModelWorld): string[] => {
  const { threads, messages } = world.database;
  const everything = `${world.database.dump()} ${world.log.join(' ')}`;
  return [
    ...[...messages.values()]
      .filter(({ threadDocumentId }) => threads.get(threadDocumentId)?.state !== 'open')
      .map(
        ({ threadDocumentId }) => `S21: a message of ${threadDocumentId}, which is un-logged, is recorded`
      ),
    ...world.mails.flatMap((mail) => {
      if (mayBeOurs(world, mail)) return [];
      const isRecorded = recordsOf(world, mail).length > 0;
      return [
        ...(isRecorded ? [`S18: ${mail.key} (${mail.kind}) is recorded`] : []),
        ...(everything.includes(mail.canary) ? [`S19: something of ${mail.key} (${mail.kind}) is kept`] : []),
      ];
    }),
  ];
};

/** S5: none in another thread than the one that it answers; whatever a person put there first may have begun one of its own. */
const misplaced = (world: ModelWorld): string[] =>
  world.mails.flatMap((mail) => {
    const others = openThreads.filter((thread) => thread !== threadOf(world, mail));
    return recordsOf(world, mail)
      .filter(({ threadDocumentId }) => others.some((thread) => thread === threadDocumentId))
      .map(({ threadDocumentId }) => `S5: ${mail.key} (${mail.kind}) is recorded in ${threadDocumentId}`);
  });

/** P1: what stands in quarantine lies where it says, and still does not come. */
const leftInQuarantine = (world: ModelWorld): string[] =>
  [...world.database.quarantine.values()].flatMap(({ inboxDocumentId, location, code }) => {
    const inbox = world.inboxNamed(inboxDocumentId);
    const folder = inbox.mailbox.find(location.folderPath);
    if (!folder) return [];
    const stored = folder.messages.find(({ imapUid }) => imapUid === location.imapUid);
    const isStill = stored && folder.uidValidity === location.uidValidity && isWithheld(stored);
    return isStill && code !== ''
      ? []
      : [`P1: ${location.folderPath} ${location.imapUid} stands in quarantine without need`];
  });

/** S39: whatever was asked for is answered, and history comes to its end. */
const unanswered = (world: ModelWorld): string[] => [
  ...world.database.requests
    .filter(({ outcome }) => outcome === null)
    .map(({ requestId }) => `S39: request ${requestId} is never answered`),
  ...[...world.database.backfills]
    .filter(([, { state }]) => state === 'running')
    .map(([documentId]) => `S7: the backfill of ${documentId} does not end`),
];

/** P10, c2: every watched folder says that it is complete, and whether its numbers are to be trusted. */
const incomplete = (world: ModelWorld): string[] =>
  world.inboxes.flatMap(({ documentId }) =>
    world.database
      .foldersOf(documentId)
      .filter(({ watched, listed }) => watched && listed)
      .filter(
        ({ memory, cursor, lastErrorCode }) =>
          memory.completeUpTo === null ||
          lastErrorCode !== (cursor?.uidValidity === '' ? 'FOLDER_UNSTABLE' : null)
      )
      .map(({ folderPath }) => `P10: ${documentId} ${folderPath} is not complete`)
  );

/** P2: with all faults over, reading goes well. */
const unwell = ({ database }: ModelWorld): string[] =>
  [...database.inboxes.values()]
    .filter(({ state }) => state !== 'ok')
    .map(({ documentId, state, stateCode }) => `P2: inbox ${documentId} is ${state}: ${stateCode}`);
