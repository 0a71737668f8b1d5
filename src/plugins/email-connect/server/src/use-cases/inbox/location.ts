import { EmailConnectError } from '../../domain/errors';
import type { InboxFolder } from '../../domain/sync/folder';
import type { Location } from '../../ports';

/** The folder that a message lies in. Throws NOT_FOUND when the inbox has no folder of this path. */
export const folderAt = (folders: readonly InboxFolder[], { folderPath }: Location): InboxFolder => {
  const folder = folders.find((candidate) => candidate.folderPath === folderPath);
  if (folder) return folder;
  throw new EmailConnectError(
    'NOT_FOUND',
    `This inbox has no folder "${folderPath}".`,
    'Search for the message again: its folder may have been renamed.'
  );
};

export const isSameLocation = (a: Location, b: Location): boolean =>
  a.folderPath === b.folderPath && a.uidValidity === b.uidValidity && a.imapUid === b.imapUid;
