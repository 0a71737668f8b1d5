import type { InboxAnswer, InboxFolderAnswer } from '../../../shared/contracts/inbox';
import type { Inbox } from '../domain/inbox/inbox';
import type { InboxFolder } from '../domain/sync/folder';
import type { Ports } from '../ports';

/** An inbox as it crosses HTTP: its servers and its state, for any caller. */
export const inboxAnswer = async (
  { quarantine, suggestions, outbox, files }: Pick<Ports, 'quarantine' | 'suggestions' | 'outbox' | 'files'>,
  inbox: Inbox,
  askerDocumentId: string
): Promise<InboxAnswer> => ({
  documentId: inbox.documentId,
  label: inbox.label,
  address: inbox.address,
  senderName: inbox.senderName,
  provider: inbox.provider,
  imap: inbox.imap,
  smtp: inbox.smtp,
  sentCopy: inbox.sentCopy,
  sentFolderPath: inbox.sentFolderPath,
  state: inbox.state,
  stateCode: inbox.stateCode,
  stateReason: inbox.stateReason,
  ownedByYou: inbox.ownerDocumentId === askerDocumentId,
  consentGivenAt: inbox.consent?.givenAt ?? null,
  connectedAt: inbox.connectedAt,
  lastPassAt: inbox.lastPassAt,
  nextPassAt: inbox.nextPassAt,
  policy: inbox.policy,
  logAddress: inbox.logAddress,
  trustedAuthServers: inbox.trustedAuthServers,
  lastGap: inbox.lastGap,
  quarantined: sum(await quarantine.countByFolder(inbox.documentId)),
  suggestions: (await suggestions.list(inbox.documentId)).length,
  waitingFiles: await files.waiting(inbox.documentId),
  sending: await outbox.summary(inbox.documentId),
});

/** P10: how far each folder is complete, and how many messages are missing. */
export const folderAnswers = async (
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
