import { inAnswer } from '../../domain/asked';
import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { InboxFolder } from '../../domain/sync/folder';
import type { ImapSession, OpenFolder, Ports } from '../../ports';
import { accessTo, inFolder } from '../inbox';
import { inTime } from '../waiting';

export type SessionPorts = Pick<Ports, 'clock' | 'hosts' | 'secrets' | 'inboxes' | 'imap'>;

const LONGEST_LOOK_MS = 120_000;

/**
 * A short connection beside the one that keeps the inbox live, for an answer that a person waits for: it ends when
 * `signal` aborts, and after two minutes. Rejects with INBOX_NOT_CONNECTED, KEY_*, HOST_*, CONNECTION_TIMED_OUT, or
 * the server's refusal.
 */
export const withSession = async <Result>(
  ports: SessionPorts,
  inbox: Inbox,
  signal: AbortSignal,
  look: (session: ImapSession) => Promise<Result>
): Promise<Result> => {
  try {
    return await inTime(
      ports.clock,
      signal,
      LONGEST_LOOK_MS,
      () => tookTooLong(inbox),
      async (attempt) => {
        const session = await ports.imap.connect(await accessTo(ports, inbox, 'imap', attempt), attempt);
        try {
          return await look(session);
        } finally {
          await session.close();
        }
      }
    );
  } catch (error) {
    throw inAnswer(toEmailConnectError(error));
  }
};

const tookTooLong = ({ imap }: Inbox): EmailConnectError =>
  new EmailConnectError(
    'CONNECTION_TIMED_OUT',
    `${imap.host} took too long to answer.`,
    'Ask for less, such as one folder or fewer days, or try again later.'
  );

/** Opens one folder after the other, read-only (S13); a folder that cannot be opened is named and stops no other. */
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
