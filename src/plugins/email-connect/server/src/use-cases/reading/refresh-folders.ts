import { chooseFolders } from '../../domain/inbox/choose-folders';
import type { Inbox } from '../../domain/inbox/inbox';
import type { ImapSession, Ports } from '../../ports';

/** What came while a pass was under way may have been filed since, and clocks differ. */
const MARGIN_MS = 3 * 24 * 3_600_000;

/**
 * Brings the folders up to what the server lists now: a renamed one keeps its place, a new one is read from some days
 * before the last whole pass on, so that what a rule filed there meanwhile is found (c12, S16).
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
