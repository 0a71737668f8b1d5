import { toEmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import type { InboxFolder } from '../domain/sync/folder';
import type { ImapSession, OpenFolder, Ports } from '../ports';
import { inFolder } from './in-folder';
import { accessTo } from './open-inbox';

export type SessionPorts = Pick<Ports, 'hosts' | 'secrets' | 'inboxes' | 'imap'>;

/**
 * A short connection beside the one that keeps the inbox live, for what a person waits for.
 * Rejects with INBOX_NOT_CONNECTED, KEY_*, HOST_*, or with the server's refusal.
 */
export const withSession = async <Result>(
  ports: SessionPorts,
  inbox: Inbox,
  look: (session: ImapSession) => Promise<Result>
): Promise<Result> => {
  const session = await ports.imap.connect(await accessTo(ports, inbox, 'imap'));
  try {
    return await look(session);
  } finally {
    await session.close();
  }
};

/** Opens one folder after the other, read-only (S13); one that would not open is named and fails nobody else. */
export const lookIntoFolders = async <Result>(
  session: ImapSession,
  folders: readonly InboxFolder[],
  look: (open: OpenFolder, folder: InboxFolder) => Promise<Result>
): Promise<{ results: Result[]; unreadable: string[] }> => {
  const results: Result[] = [];
  const unreadable: string[] = [];
  for (const folder of folders) {
    try {
      results.push(await inFolder(session, folder.folderPath, (open) => look(open, folder)));
    } catch (error) {
      const failure = toEmailConnectError(error);
      if (failure.code !== 'FOLDER_UNREADABLE') throw failure;
      unreadable.push(folder.folderPath);
    }
  }
  return { results, unreadable };
};
