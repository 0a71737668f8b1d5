import { EmailConnectError } from '../domain/errors';
import type { SentCopyMode } from '../domain/inbox/inbox';
import type { InboxFolder } from '../domain/sync/folder';
import type { Ports } from '../ports';
import { requireInbox } from './require-inbox';

export interface FolderChoice {
  watched: string[];
  sentCopy: SentCopyMode;
  sentFolderPath: string | null;
}

/** Which folders are read and where sent mail is filed. Only folders that the server listed; never an invented one (S9). */
export const watchFolders = async (
  ports: Pick<Ports, 'inboxes' | 'folders'>,
  documentId: string,
  choice: FolderChoice
): Promise<InboxFolder[]> => {
  await requireInbox(ports, documentId);
  const listed = new Set((await ports.folders.list(documentId)).map(({ folderPath }) => folderPath));
  const wanted = choice.sentFolderPath === null ? choice.watched : [...choice.watched, choice.sentFolderPath];
  const unknown = wanted.find((folderPath) => !listed.has(folderPath));
  if (unknown !== undefined) throw invalid(`The mailbox has no folder "${unknown}".`);
  if (choice.sentCopy === 'append' && choice.sentFolderPath === null)
    throw invalid('No folder was chosen for copies of sent mail.');
  await ports.folders.setWatched(documentId, choice.watched);
  await ports.inboxes.update(documentId, {
    sentCopy: choice.sentCopy,
    sentFolderPath: choice.sentFolderPath,
  });
  return ports.folders.list(documentId);
};

const invalid = (message: string) =>
  new EmailConnectError('INPUT_INVALID', message, 'Choose among the folders that are listed.');
