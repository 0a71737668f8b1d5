import { EmailConnectError } from '../../domain/errors';
import type { Inbox, SentCopyMode } from '../../domain/inbox/inbox';
import type { FolderRole } from '../../domain/sync/folder';
import type { Ports } from '../../ports';
import { changeInbox, requireInbox } from '../inbox';

export interface FoldersToWatch {
  /** `none`: the folder is not read, like folders that are not listed here. */
  folders: { folderPath: string; role: FolderRole | 'none' }[];
  sentCopy: SentCopyMode;
  sentFolderPath: string | null;
}

/**
 * Sets the purpose of each folder, and where sent mail is filed. Only folders that the server lists; a folder is
 * never made (S9). Rejects with NOT_FOUND, or INPUT_INVALID with the reason.
 */
export const watchFolders = async (
  ports: Pick<Ports, 'inboxes' | 'folders'>,
  documentId: string,
  { folders, sentCopy, sentFolderPath }: FoldersToWatch
): Promise<Inbox> => {
  await requireInbox(ports, documentId);
  const known = new Map(
    (await ports.folders.list(documentId))
      .filter(({ listed }) => listed)
      .map((folder) => [folder.folderPath, folder])
  );
  const named = folders.map(({ folderPath }) => folderPath);
  const unknown = [...named, ...(sentFolderPath === null ? [] : [sentFolderPath])].find(
    (folderPath) => !known.has(folderPath)
  );
  if (unknown !== undefined) throw invalid(`The mailbox has no folder "${unknown}".`);
  if (new Set(named).size < named.length) throw invalid('A folder is named twice.');
  if (sentCopy === 'append' && sentFolderPath === null)
    throw invalid('No folder was chosen for copies of sent mail.');
  const chosen = folders.flatMap(({ folderPath, role }) => (role === 'none' ? [] : [{ folderPath, role }]));
  for (const { folderPath, role } of chosen) {
    const specialUse = known.get(folderPath)?.specialUse ?? null;
    if (role !== 'watch' && specialUse !== null) throw filledByOthers(folderPath);
  }
  return changeInbox(ports, documentId, () => ({ sentCopy, sentFolderPath }), { folders: chosen });
};

const invalid = (message: string) =>
  new EmailConnectError('INPUT_INVALID', message, 'Choose among the folders that are listed.');

/** All mail that comes to INBOX would be logged, or un-logged for good, without a person having put it there. */
const filledByOthers = (folderPath: string) =>
  new EmailConnectError(
    'INPUT_INVALID',
    `"${folderPath}" is filled by the mail server or by mail programs, so what is in it was not chosen by a person.`,
    'Make a folder for this in your mail program, and choose it here.'
  );
