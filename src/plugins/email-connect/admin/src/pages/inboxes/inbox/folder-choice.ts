import type {
  ChooseFoldersRequest,
  InboxFolder,
  InboxWithFolders,
} from '../../../../../shared/contracts/inbox';

/** What a person chose about folders; the form of ChooseFoldersRequest. */
export type FolderChoice = ChooseFoldersRequest;

export const choiceOf = (inbox: InboxWithFolders): FolderChoice => ({
  watched: inbox.folders.filter(({ watched }) => watched).map(({ folderPath }) => folderPath),
  sentCopy: inbox.sentCopy,
  sentFolderPath: inbox.sentFolderPath,
});

export const withWatched = (choice: FolderChoice, folderPath: string, isWatched: boolean): FolderChoice => ({
  ...choice,
  watched: [...choice.watched.filter((path) => path !== folderPath), ...(isWatched ? [folderPath] : [])],
});

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

const asKey = ({ watched, sentCopy, sentFolderPath }: FolderChoice): string =>
  JSON.stringify([[...watched].sort(), sentCopy, sentFolderPath]);

export const isSameChoice = (one: FolderChoice, other: FolderChoice): boolean => asKey(one) === asKey(other);

/** An appended copy without a folder to go to cannot be saved. */
export const isWholeChoice = (choice: FolderChoice): boolean =>
  choice.sentCopy !== 'append' || choice.sentFolderPath !== null;
