import type { SuggestionAnswer } from '../../../../shared/contracts/suggestion';
import type { InboxFolder } from '../../domain/sync/folder';
import type { Candidate } from '../../domain/message/message';
import type { Ports, Suggestion } from '../../ports';
import { candidateOf } from '../reading';
import { requireInbox } from '../inbox';
import { lookIntoFolders, withSession } from './look-into-folders';
import type { SessionPorts } from './look-into-folders';
import { glimpseOf } from './unlogged-answer';

type ListPorts = SessionPorts & Pick<Ports, 'folders' | 'suggestions' | 'mime'>;

/**
 * Messages about which a person is asked whether they belong to a thread. Only their location is kept; author and
 * subject are read from the mailbox for this answer (S12: header fields only). Rejects with NOT_FOUND,
 * INBOX_NOT_CONNECTED, or with the server's refusal.
 */
export const listSuggestions = async (
  ports: ListPorts,
  inboxDocumentId: string,
  signal: AbortSignal
): Promise<SuggestionAnswer[]> => {
  const inbox = await requireInbox(ports, inboxDocumentId);
  const suggestions = await ports.suggestions.list(inboxDocumentId);
  if (suggestions.length === 0) return [];
  const paths = new Set(suggestions.map(({ location }) => location.folderPath));
  const folders = (await ports.folders.list(inboxDocumentId)).filter(({ folderPath }) =>
    paths.has(folderPath)
  );
  const { results } = await withSession(ports, inbox, signal, (session) =>
    lookIntoFolders(session, folders, async (open, folder) => {
      const suggested = suggestedIn(suggestions, folder, open.state.uidValidity);
      const { scanned } = await open.scanHeaders(suggested.map(({ location }) => location.imapUid));
      const found = new Map(scanned.map((message) => [message.imapUid, candidateOf(ports, message)]));
      return suggested.map((suggestion) => ({ suggestion, found: found.get(suggestion.location.imapUid) }));
    })
  );
  const candidates = new Map<Suggestion, Candidate | undefined>(
    results.flat().map(({ suggestion, found }) => [suggestion, found])
  );
  return suggestions.map((suggestion) => {
    const candidate = candidates.get(suggestion);
    return { ...suggestion, glimpse: candidate ? glimpseOf(candidate) : null };
  });
};

/** After a renumbering a UID belongs to another message. */
const suggestedIn = (
  suggestions: readonly Suggestion[],
  { folderPath }: InboxFolder,
  uidValidity: string
): Suggestion[] =>
  suggestions.filter(
    ({ location }) => location.folderPath === folderPath && location.uidValidity === uidValidity
  );
