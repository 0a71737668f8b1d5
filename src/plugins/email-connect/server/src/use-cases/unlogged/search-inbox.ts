import type { SearchAnswer, SearchRequest } from '../../../../shared/contracts/search';
import { EmailConnectError } from '../../domain/errors';
import { canonicalMessageId } from '../../domain/identification/message-id';
import { decide } from '../../domain/logging/decide';
import type { Candidate } from '../../domain/message/message';
import type { InboxFolder } from '../../domain/sync/folder';
import type { HeaderSearch, Location, Ports } from '../../ports';
import { candidateOf, contextOf } from '../reading';
import { requireInbox } from '../inbox';
import { lookIntoFolders, withSession } from './look-into-folders';
import type { SessionPorts } from './look-into-folders';
import { glimpseOf, verdictAnswerOf } from './unlogged-answer';

type SearchPorts = SessionPorts & Pick<Ports, 'folders' | 'mime' | 'logging'>;

const LONGEST_LIST = 50;

/**
 * Searches messages of the watched folders by their header fields, on the server and at this moment: no result is
 * kept, no body is fetched (S12). Newest first, each with the verdict that holds for it now. Rejects with NOT_FOUND,
 * INPUT_INVALID, INBOX_NOT_CONNECTED, or with the server's refusal.
 */
export const searchInbox = async (
  ports: SearchPorts,
  inboxDocumentId: string,
  search: SearchRequest,
  signal: AbortSignal
): Promise<SearchAnswer> => {
  const inbox = await requireInbox(ports, inboxDocumentId);
  const folders = foldersToSearch(await ports.folders.list(inboxDocumentId), search.folderPath);
  const wanted = headerSearchOf(search);
  const { results, unreadable } = await withSession(ports, inbox, signal, (session) =>
    lookIntoFolders(session, folders, async (open, folder) => {
      const imapUids = await open.search(wanted, LONGEST_LIST + 1);
      const { scanned } = imapUids.length > 0 ? await open.scanHeaders(imapUids) : { scanned: [] };
      return scanned.map((message): Found => {
        const { folderPath } = folder;
        const { uidValidity } = open.state;
        const location = { folderPath, uidValidity, imapUid: message.imapUid };
        return { folder, location, candidate: candidateOf(ports, message) };
      });
    })
  );
  const found = results.flat().sort(newestFirst);
  const shown = found.slice(0, LONGEST_LIST);
  const facts = await ports.logging.loadFacts(
    inboxDocumentId,
    shown.map(({ candidate }) => candidate)
  );
  return {
    messages: shown.map(({ folder, location, candidate }) => ({
      location,
      ...glimpseOf(candidate),
      verdict: verdictAnswerOf(decide(candidate, facts, contextOf(ports, inbox, folder)).verdict),
    })),
    isCut: found.length > shown.length,
    unreadable,
  };
};

interface Found {
  folder: InboxFolder;
  location: Location;
  candidate: Candidate;
}

const newestFirst = (a: Found, b: Found): number =>
  b.candidate.receivedAt.localeCompare(a.candidate.receivedAt);

const foldersToSearch = (folders: readonly InboxFolder[], folderPath: string | undefined): InboxFolder[] => {
  const watched = folders.filter((folder) => folder.watched && folder.listed);
  if (folderPath === undefined) return watched;
  const named = watched.filter((folder) => folder.folderPath === folderPath);
  if (named.length > 0) return named;
  throw new EmailConnectError(
    'INPUT_INVALID',
    `"${folderPath}" is not a watched folder of this inbox.`,
    'Choose one of its watched folders, or none to search them all.'
  );
};

const headerSearchOf = ({ messageId, address, subject, since }: SearchRequest): HeaderSearch => ({
  ...(messageId === undefined ? {} : { messageId: messageIdOf(messageId) }),
  ...(address === undefined ? {} : { address }),
  ...(subject === undefined ? {} : { subject }),
  ...(since === undefined ? {} : { since: new Date(since) }),
});

/** A Message-ID as a person copies it, with or without brackets. Throws INPUT_INVALID. */
export const messageIdOf = (written: string) => {
  const id = canonicalMessageId(written);
  if (id !== null) return id;
  throw new EmailConnectError(
    'INPUT_INVALID',
    'This is no Message-ID.',
    'Copy what stands between < and > in the field Message-ID of the mail.'
  );
};
