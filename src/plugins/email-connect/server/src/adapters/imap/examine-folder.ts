import type { ImapFlow, MailboxObject } from 'imapflow';
import type { FolderState } from '../../domain/sync/folder';
import { EmailConnectError } from '../../domain/errors';
import type { ServerAccess } from '../../ports';
import { classifyImapError, closedMeanwhile } from './classify-imap-error';

/** A folder just opened, with what the server said of it. */
export interface Examined {
  /** What imapflow has selected from now on, until it selects another. */
  mailbox: MailboxObject;
  state: FolderState;
}

/**
 * EXAMINE, always: an opened folder's numbers are as fresh as the answer, and nothing can be changed through it (S13).
 * imapflow's own mailbox lock is not used: it hands out an already selected folder with the numbers it had before.
 * Rejects with FOLDER_UNREADABLE, or as `classifyImapError`.
 */
export const examineFolder = async (
  client: ImapFlow,
  folderPath: string,
  access: ServerAccess
): Promise<Examined> => {
  try {
    await client.mailboxOpen(folderPath, { readOnly: true });
    const { mailbox } = client;
    // Also what mailboxOpen leaves behind when the server has said goodbye.
    if (!mailbox) throw closedMeanwhile(access);
    return { mailbox, state: await readState(client, mailbox, access) };
  } catch (error) {
    throw classifyImapError(error, access, 'FOLDER_UNREADABLE');
  }
};

/** imapflow's types promise numbers; servers leave them out all the same. */
const readState = async (
  client: ImapFlow,
  mailbox: Partial<MailboxObject>,
  access: ServerAccess
): Promise<FolderState> => {
  const { uidValidity, uidNext, exists = 0 } = mailbox;
  // RFC 9051 2.3.1.1: without it the server has no lasting UIDs, and a cursor in such a folder would lose mail.
  if (!uidValidity) throw noLastingUids(access);
  return {
    uidValidity: String(uidValidity),
    uidNext: uidNext || (await findUidNext(client, exists)),
    exists,
  };
};

/** UIDNEXT is missing on several servers (c3): one more than the UID of the last message. */
const findUidNext = async (client: ImapFlow, exists: number): Promise<number> => {
  if (exists === 0) return 1;
  const last = await client.fetchOne('*', { uid: true });
  return last ? last.uid + 1 : 1;
};

const noLastingUids = ({ host }: ServerAccess): EmailConnectError =>
  new EmailConnectError(
    'FOLDER_UNREADABLE',
    `${host} does not number the messages of this folder in a lasting way.`,
    'Unwatch this folder, or ask who runs the mail server.'
  );
