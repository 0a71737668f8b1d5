import { toEmailConnectError } from '../domain/errors';
import type { InboxFolder } from '../domain/sync/folder';
import type { Ports } from '../ports';
import { syncFolder } from './sync-folder';
import type { Pass, SyncPorts } from './sync-folder';

/**
 * A pass of every watched folder, the one that replies arrive in first.
 * A folder that cannot be opened is noted and fails nobody else (c12); anything else ends the pass.
 */
export const syncInbox = async (ports: SyncPorts & Pick<Ports, 'folders'>, pass: Pass): Promise<void> => {
  const folders = await ports.folders.list(pass.inbox.documentId);
  for (const folder of folders.filter(({ watched }) => watched).sort(primaryFirst)) {
    if (pass.signal.aborted) return;
    try {
      await syncFolder(ports, pass, folder);
    } catch (error) {
      const failure = toEmailConnectError(error);
      if (failure.code !== 'FOLDER_UNREADABLE') throw failure;
      ports.logger.warn(
        `Folder "${folder.folderPath}" of ${pass.inbox.documentId} cannot be read: ${failure.detail}`
      );
      await ports.folders.recordFailure(
        pass.inbox.documentId,
        folder.folderPath,
        failure.code,
        ports.clock.now()
      );
    }
  }
};

/** Gmail delivers to \All, everyone else to INBOX: the folder worth an IDLE. */
export const primaryFolder = (folders: readonly InboxFolder[]): InboxFolder | undefined =>
  folders.filter(({ watched }) => watched).sort(primaryFirst)[0];

const primaryFirst = (a: InboxFolder, b: InboxFolder): number => rank(a) - rank(b);

const rank = ({ specialUse }: InboxFolder): number => {
  if (specialUse === 'all') return 0;
  if (specialUse === 'inbox') return 1;
  return specialUse === 'sent' ? 2 : 3;
};
