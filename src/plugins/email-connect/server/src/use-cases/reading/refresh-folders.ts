import { chooseFolders } from '../../domain/inbox/choose-folders';
import type { Inbox } from '../../domain/inbox/inbox';
import type { ImapSession, Ports } from '../../ports';

/** Mail that came while a pass was running may have been filed since, and clocks differ. */
const MARGIN_MS = 3 * 24 * 3_600_000;

/**
 * Updates the folders from the server's list: a renamed folder keeps its cursor; a new folder is read from some days
 * before the last whole pass on, so that mail which a rule filed there meanwhile is found (c12, S16).
 */
export const refreshFolders = async (
  { folders }: Pick<Ports, 'folders'>,
  inbox: Inbox,
  session: Pick<ImapSession, 'listFolders'>
): Promise<void> => {
  const listing = await session.listFolders();
  const chosen = chooseFolders(listing, inbox.provider).folders;
  const { lastPassAt, connectedAt } = inbox;
  const readFrom = lastPassAt === null ? connectedAt : Date.parse(lastPassAt) - MARGIN_MS;
  await folders.merge(inbox.documentId, chosen, readFrom === null ? null : new Date(readFrom));
};
