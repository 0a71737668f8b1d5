import type {
  ColleaguesInbox,
  InboxAnswer,
  InboxFolderAnswer,
  InboxWithFolders,
  SeenInbox,
  SeenInboxPage,
} from '../../../shared/contracts/inbox';
import type { Inbox } from '../domain/inbox/inbox';
import { teamAddressOf } from '../domain/inbox/team-address';
import type { InboxFolder } from '../domain/sync/folder';
import type { Ports } from '../ports';
import { mayChange } from './actor';
import type { Actor } from './actor';

type Counting = Pick<Ports, 'quarantine' | 'suggestions' | 'outbox' | 'files' | 'access' | 'settings'>;

/** An inbox in the list. What is its owner's goes to nobody but them and users who manage all inboxes. */
export const seenInbox = (ports: Counting, inbox: Inbox, actor: Actor): Promise<SeenInbox> =>
  mayChange(inbox, actor) ? inboxAnswer(ports, inbox, actor) : colleaguesInbox(ports, inbox, actor);

/** The same on its page, with the folders for its owner. */
export const seenInboxPage = async (
  ports: Counting & Pick<Ports, 'folders'>,
  inbox: Inbox,
  actor: Actor
): Promise<SeenInboxPage> =>
  mayChange(inbox, actor) ? inboxWithFolders(ports, inbox, actor) : colleaguesInbox(ports, inbox, actor);

export const inboxWithFolders = async (
  ports: Counting & Pick<Ports, 'folders'>,
  inbox: Inbox,
  actor: Actor
): Promise<InboxWithFolders> => ({
  ...(await inboxAnswer(ports, inbox, actor)),
  folders: await folderAnswers(ports, inbox.documentId),
});

/** For an actor who may change it. */
export const inboxAnswer = async (ports: Counting, inbox: Inbox, actor: Actor): Promise<InboxAnswer> => ({
  ...(await statusOf(ports, inbox)),
  seenAs: 'owner',
  provider: inbox.provider,
  imap: inbox.imap,
  smtp: inbox.smtp,
  sentCopy: inbox.sentCopy,
  sentFolderPath: inbox.sentFolderPath,
  stateReason: inbox.stateReason,
  ownedByYou: inbox.ownerDocumentId === actor.documentId,
  teamAddress: teamAddressOf(inbox, ports.settings),
  consentGivenAt: inbox.consent?.givenAt ?? null,
  policy: inbox.policy,
  logAddress: inbox.logAddress,
  trustedAuthServers: inbox.trustedAuthServers,
  quarantined: sum(await ports.quarantine.countByFolder(inbox.documentId)),
  suggestions: (await ports.suggestions.list(inbox.documentId)).length,
  sending: await ports.outbox.summary(inbox.documentId),
});

const colleaguesInbox = async (ports: Counting, inbox: Inbox, actor: Actor): Promise<ColleaguesInbox> => {
  const { lastFailure: _, ...sending } = await ports.outbox.summary(inbox.documentId);
  const sharedWithYou = (await ports.access.inboxesOf(actor.documentId)).includes(inbox.documentId);
  return { ...(await statusOf(ports, inbox)), seenAs: 'colleague', sharedWithYou, sending };
};

const statusOf = async ({ files }: Counting, inbox: Inbox) => ({
  documentId: inbox.documentId,
  label: inbox.label,
  address: inbox.address,
  senderName: inbox.senderName,
  level: inbox.level,
  state: inbox.state,
  stateCode: inbox.stateCode,
  connectedAt: inbox.connectedAt,
  lastPassAt: inbox.lastPassAt,
  nextPassAt: inbox.nextPassAt,
  lastGap: inbox.lastGap,
  waitingFiles: await files.waiting(inbox.documentId),
});

/** P10: how far each folder is complete, and how many messages are missing. */
const folderAnswers = async (
  { folders, quarantine }: Pick<Ports, 'folders' | 'quarantine'>,
  inboxDocumentId: string
): Promise<InboxFolderAnswer[]> => {
  const missing = await quarantine.countByFolder(inboxDocumentId);
  return (await folders.list(inboxDocumentId)).map((folder) =>
    folderAnswer(folder, missing.get(folder.folderPath) ?? 0)
  );
};

const folderAnswer = (folder: InboxFolder, missing: number): InboxFolderAnswer => ({
  folderPath: folder.folderPath,
  specialUse: folder.specialUse,
  watched: folder.watched,
  role: folder.watched ? folder.role : 'none',
  listed: folder.listed,
  lastPassAt: folder.lastPassAt,
  completeUpTo: folder.memory.completeUpTo,
  missing,
  lastErrorCode: folder.lastErrorCode,
  failures: folder.failures,
  retryAt: folder.retryAt,
});

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, count) => total + count, 0);
