import { dedupIdentity } from '../../domain/message/dedup-identity';
import type { InboxFolder } from '../../domain/sync/folder';
import type { IndexedId, RecordedMessage } from '../world/records/database';
import type { ModelMail } from '../world/server/mail';
import { visibleIn } from '../world/server/mailbox';
import type { ModelFolder, StoredMail } from '../world/server/mailbox';
import { CONNECTED_AT, HOUR_MS } from '../world/server/time';
import type { ModelInbox, ModelWorld } from '../world/world';

/** What must hold when all has come to rest; one sentence for each thing that does not. `settledFrom`: ms. */
export const complaintsOf = (world: ModelWorld, settledFrom: number): string[] => [
  ...world.complaints,
  ...doubles(world),
  ...world.inboxes.flatMap((inbox) => missing(world, inbox, settledFrom)),
  ...intruders(world),
  ...leftInQuarantine(world),
  ...incomplete(world),
  ...unanswered(world),
];

/** P1, P3, c46: what lies under an ordinary UID and was known for ours when it came needs no sweep to be found. */
export const lateComplaints = (world: ModelWorld): string[] =>
  world.inboxes.flatMap((inbox) =>
    missing(
      world,
      inbox,
      Infinity,
      ({ isOddUid, isOld, mail }) => !isOddUid && !isOld && !world.everQuarantined.has(mail.key)
    ).map((text) => `${text}, yet`)
  );

const recordsOf = (world: ModelWorld, mail: ModelMail): RecordedMessage[] =>
  [...world.database.messages.values()].filter(
    ({ message }) => world.mailIdentified(message.dedupIdentity) === mail
  );

/** P2: one record, whatever happened. */
const doubles = (world: ModelWorld): string[] => [
  ...world.mails
    .filter((mail) => recordsOf(world, mail).length > 1)
    .map(({ key }) => `P2: ${key} is recorded more than once`),
  ...(world.announced > world.database.inserted ? ['P2: a message was announced twice'] : []),
];

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
  { role, specialUse }: InboxFolder,
  stored: StoredMail,
  settledFrom: number
): boolean => {
  const { mail, receivedAt } = stored;
  if (isWithheld(stored)) return false;
  if (world.database.tombstones.has(dedupIdentity(mail.headers, mail.size))) return false;
  // Whatever lies in Sent counts as written by the user, and this goes to nobody of the thread.
  if (specialUse === 'sent' && mail.kind !== 'sent') return false;
  // Its folder may be one that came after it was to be read again.
  if (world.everQuarantined.has(mail.key) && stored.placedAt > receivedAt) return false;
  const isHistory = receivedAt < CONNECTED_AT;
  if (isHistory && (role !== 'watch' || !isBackfilled(world, inbox, stored))) return false;
  const entry = mail.cites === null ? undefined : world.database.ids.get(mail.cites);
  const isOpen = entry && world.database.threads.get(entry.threadDocumentId)?.state === 'open';
  if (role === 'log') return !entry || isOpen === true;
  if (!entry || !isOpen || mail.kind === 'side' || mail.kind === 'unlogged') return false;
  return isHistory ? entry.knownSince === 0 : wasKnownInTime(inbox, entry, stored, settledFrom);
};

/** Known before it came; or a look back was asked for (c46); or a sweep comes by while it is young enough (a.4-11). */
const wasKnownInTime = (
  { documentId }: ModelInbox,
  entry: IndexedId,
  { placedAt, receivedAt }: StoredMail,
  settledFrom: number
): boolean => {
  if (entry.knownSince <= placedAt) return true;
  const isFromReply = entry.origin === 'reply' || entry.origin === 'backfill';
  if (!isFromReply && (entry.origin !== 'sent-folder' || entry.inboxDocumentId === documentId)) return true;
  return entry.knownSince < settledFrom && receivedAt >= settledFrom - 24 * HOUR_MS;
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

/** S19, S21, S22, S7: nothing else is recorded or read, and nothing of it stands anywhere. */
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
        ...(world.bodies.has(mail.key) ? [`S19: the body of ${mail.key} (${mail.kind}) was read`] : []),
        ...(everything.includes(mail.canary) ? [`S19: something of ${mail.key} (${mail.kind}) is kept`] : []),
      ];
    }),
  ];
};

const mayBeOurs = (world: ModelWorld, mail: ModelMail): boolean => {
  if (world.purposely.has(mail.key)) return true;
  if (mail.kind === 'side' || mail.kind === 'unlogged' || mail.kind === 'stranger') return false;
  if (mail.kind === 'chain') {
    const parent = world.mails.find(({ headers }) => mail.cites !== null && headers.messageId === mail.cites);
    return parent !== undefined && mayBeOurs(world, parent);
  }
  return !isUntouchedHistory(world, mail);
};

/** S7: it came before the connection, lies where it lay, and nobody asked for history. */
const isUntouchedHistory = (world: ModelWorld, mail: ModelMail): boolean => {
  const copies = world.inboxes.flatMap((inbox) =>
    inbox.mailbox.folders.flatMap(({ messages }) =>
      messages.filter((stored) => stored.mail === mail).map((stored) => ({ stored, inbox }))
    )
  );
  return (
    Date.parse(mail.headers.sentAt ?? '') < CONNECTED_AT &&
    copies.length > 0 &&
    copies.every(({ stored, inbox }) => stored.isOld && !world.database.backfills.has(inbox.documentId)) &&
    !world.everMoved.has(mail.key)
  );
};

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
