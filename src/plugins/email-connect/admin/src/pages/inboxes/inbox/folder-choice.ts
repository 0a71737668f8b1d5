import type {
  ChooseFoldersRequest,
  FolderRoleAnswer,
  InboxFolderAnswer,
  InboxWithFolders,
} from '../../../../../shared/contracts/inbox';

/** A person's choice of folders, in the form of ChooseFoldersRequest. */
export type FoldersDraft = ChooseFoldersRequest;

export const choiceOf = (inbox: InboxWithFolders): FoldersDraft => ({
  folders: inbox.folders
    .filter(({ role }) => role !== 'none')
    .map(({ folderPath, role }) => ({ folderPath, role })),
  sentCopy: inbox.sentCopy,
  sentFolderPath: inbox.sentFolderPath,
});

/** A folder that is not read is not in the list. */
export const withRole = (choice: FoldersDraft, folderPath: string, role: FolderRoleAnswer): FoldersDraft => ({
  ...choice,
  folders: [
    ...choice.folders.filter((folder) => folder.folderPath !== folderPath),
    ...(role === 'none' ? [] : [{ folderPath, role }]),
  ],
});

export const roleOf = (choice: FoldersDraft, folderPath: string): FolderRoleAnswer =>
  choice.folders.find((folder) => folder.folderPath === folderPath)?.role ?? 'none';

/** S9: an appended copy needs a folder that exists: one is proposed, never made. */
export const withSentCopy = (
  choice: FoldersDraft,
  sentCopy: FoldersDraft['sentCopy'],
  folders: InboxFolderAnswer[]
): FoldersDraft => ({
  ...choice,
  sentCopy,
  sentFolderPath:
    choice.sentFolderPath ?? folders.find(({ specialUse }) => specialUse === 'sent')?.folderPath ?? null,
});

const asKey = ({ folders, sentCopy, sentFolderPath }: FoldersDraft): string =>
  JSON.stringify([
    folders.map(({ folderPath, role }) => [folderPath, role].join(' ')).sort(),
    sentCopy,
    sentFolderPath,
  ]);

export const isSameChoice = (one: FoldersDraft, other: FoldersDraft): boolean => asKey(one) === asKey(other);

/** An appended copy without a folder to go to cannot be saved. */
export const isWholeChoice = (choice: FoldersDraft): boolean =>
  choice.sentCopy !== 'append' || choice.sentFolderPath !== null;
