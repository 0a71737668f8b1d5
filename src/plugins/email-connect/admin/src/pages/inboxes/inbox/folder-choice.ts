import type {
  ChooseFoldersRequest,
  FolderRole,
  InboxFolder,
  InboxWithFolders,
} from '../../../../../shared/contracts/inbox';

/** What a person chose about folders; the form of ChooseFoldersRequest. */
export type FolderChoice = ChooseFoldersRequest;

export const choiceOf = (inbox: InboxWithFolders): FolderChoice => ({
  folders: inbox.folders
    .filter(({ role }) => role !== 'none')
    .map(({ folderPath, role }) => ({ folderPath, role })),
  sentCopy: inbox.sentCopy,
  sentFolderPath: inbox.sentFolderPath,
});

/** A folder that is not read is not named. */
export const withRole = (choice: FolderChoice, folderPath: string, role: FolderRole): FolderChoice => ({
  ...choice,
  folders: [
    ...choice.folders.filter((folder) => folder.folderPath !== folderPath),
    ...(role === 'none' ? [] : [{ folderPath, role }]),
  ],
});

export const roleOf = (choice: FolderChoice, folderPath: string): FolderRole =>
  choice.folders.find((folder) => folder.folderPath === folderPath)?.role ?? 'none';

/** S9: a copy that is appended needs a folder that exists; it is proposed, never invented. */
export const withSentCopy = (
  choice: FolderChoice,
  sentCopy: FolderChoice['sentCopy'],
  folders: InboxFolder[]
): FolderChoice => ({
  ...choice,
  sentCopy,
  sentFolderPath:
    choice.sentFolderPath ?? folders.find(({ specialUse }) => specialUse === 'sent')?.folderPath ?? null,
});

const asKey = ({ folders, sentCopy, sentFolderPath }: FolderChoice): string =>
  JSON.stringify([
    folders.map(({ folderPath, role }) => [folderPath, role].join(' ')).sort(),
    sentCopy,
    sentFolderPath,
  ]);

export const isSameChoice = (one: FolderChoice, other: FolderChoice): boolean => asKey(one) === asKey(other);

/** An appended copy without a folder to go to cannot be saved. */
export const isWholeChoice = (choice: FolderChoice): boolean =>
  choice.sentCopy !== 'append' || choice.sentFolderPath !== null;
