import type { InboxFolder } from '../../domain/sync/folder';

/** Folders that are watched, listed and not resting; the folder that replies arrive in first. */
export const foldersToRead = (folders: readonly InboxFolder[], now: Date): InboxFolder[] =>
  folders
    .filter(({ watched, listed }) => watched && listed)
    .filter(({ retryAt }) => retryAt === null || Date.parse(retryAt) <= now.getTime())
    .sort(primaryFirst);

/** The folder worth an IDLE: Gmail delivers to \All, every other server to INBOX. */
export const primaryFolder = (folders: readonly InboxFolder[], now: Date): InboxFolder | undefined =>
  foldersToRead(folders, now)[0];

const primaryFirst = (a: InboxFolder, b: InboxFolder): number => rank(a) - rank(b);

const rank = ({ specialUse }: InboxFolder): number => {
  if (specialUse === 'all') return 0;
  if (specialUse === 'inbox') return 1;
  return specialUse === 'sent' ? 2 : 3;
};
