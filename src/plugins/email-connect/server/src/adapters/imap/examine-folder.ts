import type { ImapFlow, MailboxObject } from 'imapflow';
import type { FolderState } from '../../domain/sync/folder';
import type { ServerAccess } from '../../ports';
import { classifyImapError, closedMeanwhile, isRefusal } from './classify-imap-error';
import { disownFalseIds } from './disown-false-ids';
import { HIGHEST_UID } from './expand-uids';
import { listUids } from './list-uids';

/** A folder that was just opened, with the server's answer. */
export interface Examined {
  /** imapflow's selected mailbox, until it selects another. */
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
    // mailboxOpen also returns nothing after the server's BYE.
    if (!mailbox) throw closedMeanwhile(access);
    await disownFalseIds(client, mailbox.exists);
    return { mailbox, state: await readState(client, mailbox, access) };
  } catch (error) {
    throw classifyImapError(error, access, 'FOLDER_UNREADABLE');
  }
};

/** imapflow's types promise numbers, but servers leave them out. */
const readState = async (
  client: ImapFlow,
  mailbox: Partial<MailboxObject>,
  access: ServerAccess
): Promise<FolderState> => {
  const { uidValidity, uidNext, exists, mailboxId } = mailbox;
  // RFC 9051 6.3.2 requires EXISTS; where it is missing, only a list of UIDs tells an empty folder from a full one.
  const uids = exists === undefined ? await listUids(client, access, 1, HIGHEST_UID, 0) : null;
  return {
    // RFC 9051 2.3.1.1: without it the server has no lasting UIDs. '' stands for that; no cursor may rest on it.
    uidValidity: uidValidity ? String(uidValidity) : '',
    uidNext: uidNext || (uids ? afterLast(uids) : await findUidNext(client, access, exists ?? 0)),
    exists: exists ?? uids?.length ?? 0,
    objectId: mailboxId || null,
  };
};

/** UIDNEXT is missing on several servers (c3): one more than the highest UID, never a guess. */
const findUidNext = async (client: ImapFlow, access: ServerAccess, exists: number): Promise<number> => {
  if (exists === 0) return 1;
  const last = await client.fetchOne('*', { uid: true }).catch((error: unknown) => {
    if (isRefusal(error)) return false as const;
    throw error;
  });
  return last && last.uid ? last.uid + 1 : afterLast(await listUids(client, access, 1, HIGHEST_UID, exists));
};

const afterLast = (uids: readonly number[]): number => (uids.at(-1) ?? 0) + 1;
