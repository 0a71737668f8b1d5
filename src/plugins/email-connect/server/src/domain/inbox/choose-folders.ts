import { providers } from '../provider/providers';
import type { FolderListing, SpecialUse } from '../sync/folder';
import type { SentCopyMode } from './inbox';

export interface ChosenFolder {
  folderPath: string;
  specialUse: SpecialUse | null;
  watched: boolean;
  objectId: string | null;
}

/** Trash and Drafts hold no replies; the other folders show mail that lies in another folder too. */
const NEVER_WATCHED: ReadonlySet<SpecialUse | null> = new Set(['trash', 'drafts', 'all', 'flagged']);
/** Labels are views of All Mail; only Spam and Trash lie outside of it. */
const WATCHED_WITH_LABELS: ReadonlySet<SpecialUse | null> = new Set(['all', 'junk']);

/**
 * Which listed folders are watched unless the user chooses otherwise (S16), and how a sent mail gets its one copy in
 * Sent. `append` only where a Sent folder is listed: the plugin never makes one (S9). `provider`: the key of a
 * preset.
 */
export const chooseFolders = (
  listing: readonly FolderListing[],
  provider: string
): { folders: ChosenFolder[]; sentCopy: SentCopyMode; sentFolderPath: string | null } => {
  const selectable = inboxFirst(listing.filter((folder) => folder.selectable));
  // Google Workspace mailboxes have any domain and any preset: their folders show what they are.
  const known = providers.filter(
    ({ key, labelRoots }) => key === provider || hasLabels(selectable, labelRoots)
  );
  // All Mail may be hidden from IMAP ("Show in IMAP" is off); then only the labels can be read.
  const byAllMail =
    known.some(({ labelRoots }) => labelRoots.length > 0) &&
    selectable.some(({ specialUse }) => specialUse === 'all');
  const sentFolderPath = selectable.find(({ specialUse }) => specialUse === 'sent')?.folderPath ?? null;
  return {
    folders: selectable.map(({ folderPath, specialUse, objectId }) => ({
      folderPath,
      specialUse,
      objectId,
      watched: byAllMail ? WATCHED_WITH_LABELS.has(specialUse) : !NEVER_WATCHED.has(specialUse),
    })),
    sentCopy: known.some(({ filesSent }) => filesSent)
      ? 'server'
      : sentFolderPath === null
        ? 'none'
        : 'append',
    sentFolderPath,
  };
};

const hasLabels = (listing: readonly FolderListing[], roots: readonly string[]): boolean =>
  listing.some(({ folderPath }) => roots.some((root) => folderPath.toLowerCase().startsWith(`${root}/`)));

const inboxFirst = (folders: readonly FolderListing[]): FolderListing[] => {
  const isInbox = ({ specialUse }: FolderListing): boolean => specialUse === 'inbox';
  return [...folders.filter(isInbox), ...folders.filter((folder) => !isInbox(folder))];
};
