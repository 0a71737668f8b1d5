import { unreachable } from '../../../../shared/unreachable';
import type { MailAction, Trait } from './history';
import { openThreads } from './server/mail';
import type { ModelMail, OpenThread } from './server/mail';
import { visibleIn } from './server/mailbox';
import type { ModelFolder, StoredMail } from './server/mailbox';
import type { ModelInbox, ModelWorld } from './world';

/** Lets it happen to a mailbox. */
export const happen = (world: ModelWorld, action: MailAction): void => {
  world.counts.add(nameOf(action));
  const inbox = inboxAt(world, action.inbox);
  const { mailbox } = inbox;
  switch (action.do) {
    case 'arrive':
      return arrive(world, action);
    case 'burst':
      return deliverReplies(world, inbox, folderAt(mailbox.folders, 0), action.replies);
    case 'move':
    case 'copy':
      return move(world, inbox, action, folderAt(mailbox.folders, action.to));
    case 'expunge': {
      const place = folderAt(mailbox.folders, action.folder);
      const stored = storedAt(place, action.pick);
      if (stored) place.messages.splice(place.messages.indexOf(stored), 1);
      return;
    }
    case 'renumber':
      return mailbox.renumber(folderAt(mailbox.folders, action.folder));
    case 'restore': {
      const place = folderAt(mailbox.folders, action.folder);
      mailbox.restore(place, action.lost);
      return deliverReplies(world, inbox, place, action.replies);
    }
    case 'surface':
      return surface(inbox);
    case 'create': {
      if (mailbox.folders.length >= 8) return;
      const created = mailbox.create(`New${mailbox.folders.length}.${world.now}`);
      return move(world, inbox, { ...action, do: 'move' }, created);
    }
    case 'close':
    case 'flap':
      folderAt(mailbox.folders, action.folder)[action.do === 'close' ? 'closed' : 'flaps'] = action.times;
      return;
    default:
      return changeFolder(world, action.do, folderAt(mailbox.folders, action.folder), mailbox.folders);
  }
};

/** Everything shows that has its UID. */
export const surface = ({ mailbox }: ModelInbox): void => {
  for (const { messages } of mailbox.folders) for (const stored of messages) stored.isVisible = true;
};

/** It comes to lie there now. */
export const deliver = (
  world: ModelWorld,
  inbox: ModelInbox,
  folder: ModelFolder,
  mail: ModelMail,
  { isLate = false, isUnstorable = false, ...trait }: Trait,
  isOld = false
): void => {
  const { now } = world;
  if (isUnstorable) world.unstorable.add(mail.key);
  if (isLate) world.everMoved.add(mail.key);
  put(world, inbox, folder, { mail, receivedAt: now, placedAt: now, isVisible: !isLate, isOld, ...trait });
};

const put = (
  world: ModelWorld,
  { documentId, mailbox }: ModelInbox,
  folder: ModelFolder,
  stored: Parameters<ModelInbox['mailbox']['add']>[1]
): void => {
  const { path, uidValidity, uidNext } = folder;
  mailbox.add(folder, stored);
  // A server that was put back gives out once more the number by which a person asked for another mail: nobody can tell.
  const isTakenForAnother = world.database.requests.some(
    ({ inboxDocumentId, location }) =>
      inboxDocumentId === documentId &&
      location.folderPath === path &&
      location.uidValidity === uidValidity &&
      location.imapUid === uidNext
  );
  const isHandedOver = folder.specialUse === 'sent' && documentId === 'I' && stored.mail.kind === 'copy';
  if (isHandedOver) world.filedInSent.add(stored.mail.key);
  if (path === 'Log' || isTakenForAnother) world.purposely.add(stored.mail.key);
};

export const inboxAt = (world: ModelWorld, number: number): ModelInbox => {
  const inbox = world.inboxes[number % world.inboxes.length];
  if (!inbox) throw new Error('There is no inbox.');
  return inbox;
};

export const folderAt = (folders: readonly ModelFolder[], number: number): ModelFolder => {
  const folder = folders[number % folders.length];
  if (!folder) throw new Error('There is no folder.');
  return folder;
};

export const storedAt = (folder: ModelFolder, number: number): StoredMail | undefined => {
  const there = visibleIn(folder);
  return there[number % Math.max(1, there.length)];
};

export const threadAt = (number: number): OpenThread => openThreads[number % openThreads.length] ?? 'T';

const nameOf = (action: MailAction): string =>
  action.do === 'arrive' ? [action.kind, ...Object.keys(action.trait)].join(' ') : action.do;

const changeFolder = (
  world: ModelWorld,
  what: 'rename' | 'remove' | 'mend',
  folder: ModelFolder,
  folders: ModelFolder[]
): void => {
  switch (what) {
    case 'mend':
      folder.closed = 0;
      return;
    case 'rename':
      if (folder.specialUse === null && !isForPurpose(folder)) folder.path = `Renamed.${world.now}`;
      return;
    case 'remove':
      if (folder.specialUse === null && !isForPurpose(folder)) folders.splice(folders.indexOf(folder), 1);
      return;
    default:
      return unreachable(what);
  }
};

const isForPurpose = ({ path }: ModelFolder): boolean => path === 'Log' || path === 'Unlog';

const arrive = (world: ModelWorld, action: Extract<MailAction, { do: 'arrive' }>): void => {
  const { mails } = world;
  const parent = mails[action.parent % Math.max(1, mails.length)] ?? null;
  const mail = world.write(action.kind, world.now, { parent, thread: threadAt(action.thread) });
  for (const inbox of action.isForBoth ? world.inboxes : [inboxAt(world, action.inbox)])
    deliver(world, inbox, folderAt(inbox.mailbox.folders, action.folder), mail, action.trait);
};

const deliverReplies = (world: ModelWorld, inbox: ModelInbox, folder: ModelFolder, count: number): void => {
  for (let i = 0; i < count; i += 1) deliver(world, inbox, folder, world.write('reply', world.now), {});
};

/** A MOVE keeps INTERNALDATE and gives a new UID (RFC 6851 3.1, RFC 3501 6.4.7). */
const move = (
  world: ModelWorld,
  inbox: ModelInbox,
  action: { do: 'move' | 'copy'; from: number; pick: number },
  to: ModelFolder
): void => {
  const from = folderAt(inbox.mailbox.folders, action.from);
  const stored = storedAt(from, action.pick);
  if (!stored || from === to) return;
  if (action.do === 'move') from.messages.splice(from.messages.indexOf(stored), 1);
  const { mail, receivedAt, unreadable, refused, scanCuts, bodyCuts } = stored;
  world.everMoved.add(mail.key);
  put(world, inbox, to, {
    mail,
    receivedAt,
    placedAt: world.now,
    unreadable,
    refused,
    scanCuts,
    bodyCuts,
  });
};
