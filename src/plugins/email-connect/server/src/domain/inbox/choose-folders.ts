import type { FolderListing, SpecialUse } from '../sync/folder';
import type { SentCopyMode } from './inbox';

export interface ChosenFolder {
  folderPath: string;
  specialUse: SpecialUse | null;
  watched: boolean;
  objectId: string | null;
}

/** Providers that put a copy of what their SMTP server accepts into Sent themselves (S8). */
const FILES_SENT_ITSELF: ReadonlySet<string> = new Set(['gmail', 'microsoft']);

/** Deleted and unfinished mail is nobody's reply; the others show mail that lies in another folder too. */
const NEVER_WATCHED: ReadonlySet<SpecialUse | null> = new Set(['trash', 'drafts', 'all', 'flagged']);
/** Gmail's labels are views of All Mail; only Spam and Trash lie outside of it. */
const WATCHED_AT_GMAIL: ReadonlySet<SpecialUse | null> = new Set(['all', 'junk']);

/**
 * Which listed folders are watched unless the user chooses otherwise (S16), and how a sent mail gets its one copy in
 * Sent. `append` only where a Sent folder is listed: none is invented (S9). `provider`: the key of a preset.
 */
export const chooseFolders = (
  listing: readonly FolderListing[],
  provider: string
): { folders: ChosenFolder[]; sentCopy: SentCopyMode; sentFolderPath: string | null } => {
  const selectable = inboxFirst(listing.filter((folder) => folder.selectable));
  const isGmail =
    provider === 'gmail' ||
    selectable.some(({ folderPath }) => /^\[(gmail|google mail)\]\//i.test(folderPath));
  // "Show in IMAP" may be off for All Mail; then the labels are all there is.
  const byAllMail = isGmail && selectable.some(({ specialUse }) => specialUse === 'all');
  const sentFolderPath = selectable.find(({ specialUse }) => specialUse === 'sent')?.folderPath ?? null;
  return {
    folders: selectable.map(({ folderPath, specialUse, objectId }) => ({
      folderPath,
      specialUse,
      objectId,
      watched: byAllMail ? WATCHED_AT_GMAIL.has(specialUse) : !NEVER_WATCHED.has(specialUse),
    })),
    sentCopy:
      isGmail || FILES_SENT_ITSELF.has(provider) ? 'server' : sentFolderPath === null ? 'none' : 'append',
    sentFolderPath,
  };
};

const inboxFirst = (folders: readonly FolderListing[]): FolderListing[] => {
  const isInbox = ({ specialUse }: FolderListing): boolean => specialUse === 'inbox';
  return [...folders.filter(isInbox), ...folders.filter((folder) => !isInbox(folder))];
};
