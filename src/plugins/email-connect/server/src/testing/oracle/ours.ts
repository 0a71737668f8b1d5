import { dedupIdentity } from '../../domain/message/dedup-identity';
import type { InboxFolder } from '../../domain/sync/folder';
import type { RecordedMessage } from '../world/records/database';
import { marksOf, openThreads } from '../world/server/mail';
import type { MailKind, ModelMail, OpenThread } from '../world/server/mail';
import { CONNECTED_AT } from '../world/server/time';
import type { ModelWorld } from '../world/world';

/** What is recorded of a mail. */
export const recordsOf = (world: ModelWorld, mail: ModelMail): RecordedMessage[] =>
  [...world.database.messages.values()].filter(
    ({ message }) => world.mailIdentified(message.dedupIdentity) === mail
  );

/**
 * Whether mail that lies in a folder is ours by what is recorded now: it cites something recorded in an open thread. Plain,
 * and knows nothing of the engine's rungs.
 */
export const isOurs = (
  { database }: ModelWorld,
  mail: ModelMail,
  { role, specialUse }: Pick<InboxFolder, 'role' | 'specialUse'>
): boolean => {
  if (
    role === 'unlog' ||
    mail.kind === 'copy' ||
    database.tombstones.has(dedupIdentity(mail.headers, mail.size))
  )
    return false;
  // Whatever lies in Sent counts as written by the user, and this goes to nobody of the thread.
  if (specialUse === 'sent' && mail.kind !== 'sent') return false;
  const entry = mail.cites === null ? undefined : database.ids.get(mail.cites);
  const isOpen = entry !== undefined && database.threads.get(entry.threadDocumentId)?.state === 'open';
  if (role === 'log') return !entry || isOpen;
  return isOpen && mail.kind !== 'side' && mail.kind !== 'unlogged';
};

/** A copy of what was sent is recorded already, and S44: what a stranger says of an id of ours makes nothing ours. */
const NEVER_OURS: ReadonlySet<MailKind> = new Set(['side', 'unlogged', 'stranger', 'copy', 'poison']);

/** Whether a mail can be ours at all, whatever is recorded. */
export const mayBeOurs = (world: ModelWorld, mail: ModelMail): boolean => {
  if (world.purposely.has(mail.key)) return true;
  if (NEVER_OURS.has(mail.kind)) return false;
  if (mail.kind === 'chain') {
    const parent = parentOf(world, mail);
    return parent !== undefined && (world.filedInSent.has(parent.key) || mayBeOurs(world, parent));
  }
  return !isUntouchedHistory(world, mail);
};

/** The thread that it leads to by what it cites; null for none that was there from the beginning. */
export const threadOf = (world: ModelWorld, mail: ModelMail): OpenThread | null => {
  if (mail.cites === null || mail.kind === 'unlogged') return null;
  if (mail.kind !== 'chain') return openThreads.find((one) => isMarkOf(one, mail.cites)) ?? null;
  const parent = parentOf(world, mail);
  return parent ? threadOf(world, parent) : null;
};

const isMarkOf = (thread: OpenThread, cited: ModelMail['cites']): boolean => {
  const { root, token } = marksOf(thread);
  return cited === root || cited === token;
};

const parentOf = ({ mails }: ModelWorld, { cites }: ModelMail): ModelMail | undefined =>
  mails.find(({ headers }) => cites !== null && headers.messageId === cites);

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
