import type { Explanation } from '../../../../shared/contracts/explanation';
import type { MessageId } from '../../domain/identification/message-id';
import type { Inbox } from '../../domain/inbox/inbox';
import { plainAnswer } from '../../domain/logging/plain-answer';
import type { ImapUid } from '../../domain/message/message';
import type { InboxFolder } from '../../domain/sync/folder';
import { readingState } from '../../domain/sync/reading-state';
import type { ImapSession, Location, OpenFolder, Ports } from '../../ports';
import { candidateOf, contextOf, decideMessages } from '../reading';
import { folderAt, isSameLocation, requireInbox } from '../inbox';
import type { DecidedMessage } from '../reading';
import { lookIntoFolders, withSession } from './look-into-folders';
import type { SessionPorts } from './look-into-folders';
import { messageIdOf } from './search-inbox';
import { suggestedAt } from './suggested-at';
import { whoWouldSee } from './who-would-see';
import type { Audience } from './who-would-see';
import { glimpseOf, quarantinedAnswerOf, verdictAnswerOf } from './unlogged-answer';

type ExplainPorts = SessionPorts &
  Pick<Ports, 'folders' | 'mime' | 'logging' | 'quarantine' | 'backfills' | 'messages' | 'suggestions'>;

/** `audience`: who would see it if it were logged now; null where it is not to be logged. */
export type Explained = Omit<Explanation, 'nobody'> & { audience: Audience | null };

/** `asSuggested`: its audience is that of the conversation that is suggested for it. */
export type MessageToExplain =
  { location: Location; asSuggested?: boolean | undefined } | { messageId: string };

/** One message of the mailbox, with the decision on it at this moment. */
interface Judged extends DecidedMessage {
  folder: InboxFolder;
  location: Location;
}

interface Look {
  judged: Judged | null;
  foundIn: Location[];
  searched: string[];
  unreadable: string[];
}

/**
 * A mail with one id lies in a few folders; more copies than this are not looked at, even in a mailing list's
 * archive.
 */
const MOST_COPIES = 10;

/**
 * "Why is this mail (not) here?" (P9): the message is decided on anew, by its headers on the server, and nothing of
 * it is kept. It is looked for by its Message-ID in the watched folders, and if it is in none, in all others. Rejects
 * with NOT_FOUND, INPUT_INVALID, INBOX_NOT_CONNECTED, or with the server's refusal.
 */
export const explainMessage = async (
  ports: ExplainPorts,
  inboxDocumentId: string,
  asked: MessageToExplain,
  signal: AbortSignal
): Promise<Explained> => {
  const inbox = await requireInbox(ports, inboxDocumentId);
  const folders = await ports.folders.list(inboxDocumentId);
  const look = await withSession(ports, inbox, signal, (session) =>
    'location' in asked
      ? lookAt(ports, inbox, session, folderAt(folders, asked.location), asked.location)
      : lookFor(ports, inbox, session, folders, messageIdOf(asked.messageId))
  );
  const { judged, ...where } = look;
  if (!judged) return notFound(where);
  const asSuggested = 'location' in asked && asked.asSuggested === true;
  const suggested = asSuggested ? await suggestedAt(ports, inboxDocumentId, judged.location) : null;
  return {
    ...(await explain(ports, inbox, judged, where)),
    audience: await whoWouldSee(
      ports,
      judged.candidate,
      contextOf(ports, inbox, judged.folder, true),
      suggested?.threadDocumentId ?? null
    ),
  };
};

const lookAt = async (
  ports: ExplainPorts,
  inbox: Inbox,
  session: ImapSession,
  folder: InboxFolder,
  location: Location
): Promise<Look> => {
  const { results, unreadable } = await lookIntoFolders(session, [folder], async (open) =>
    // After a renumbering the UID belongs to another message.
    open.state.uidValidity === location.uidValidity
      ? judge(ports, inbox, open, folder, location.imapUid)
      : null
  );
  const judged = results[0] ?? null;
  const foundIn = judged ? [judged.location] : [];
  return { judged, foundIn, searched: [folder.folderPath], unreadable };
};

const lookFor = async (
  ports: ExplainPorts,
  inbox: Inbox,
  session: ImapSession,
  folders: readonly InboxFolder[],
  messageId: MessageId
): Promise<Look> => {
  const listed = folders.filter((folder) => folder.listed);
  const look: Look = { judged: null, foundIn: [], searched: [], unreadable: [] };
  for (const isWatched of [true, false]) {
    const chosen = listed.filter(({ watched }) => watched === isWatched);
    const { unreadable } = await lookIntoFolders(session, chosen, async (open, folder) => {
      const imapUids = await open.search({ messageId }, MOST_COPIES);
      const { folderPath } = folder;
      const { uidValidity } = open.state;
      look.foundIn.push(...imapUids.map((imapUid) => ({ folderPath, uidValidity, imapUid })));
      const [first] = imapUids;
      if (first !== undefined) look.judged ??= await judge(ports, inbox, open, folder, first);
    });
    look.searched.push(...chosen.map(({ folderPath }) => folderPath));
    look.unreadable.push(...unreadable);
    if (look.judged) break;
  }
  return look;
};

/**
 * null when there is no such message. The returned part of an automatic message is read as a pass would read it (P6).
 */
const judge = async (
  ports: ExplainPorts,
  inbox: Inbox,
  open: OpenFolder,
  folder: InboxFolder,
  imapUid: ImapUid
): Promise<Judged | null> => {
  const { scanned } = await open.scanHeaders([imapUid]);
  if (scanned.length === 0) return null;
  const candidates = scanned.map((message) => candidateOf(ports, message));
  const [decided] = await decideMessages(ports, open, candidates, contextOf(ports, inbox, folder));
  const { folderPath } = folder;
  const { uidValidity } = open.state;
  return decided ? { folder, location: { folderPath, uidValidity, imapUid }, ...decided } : null;
};

type Where = Omit<Look, 'judged'>;

const explain = async (
  ports: ExplainPorts,
  inbox: Inbox,
  { folder, location, candidate, decision }: Judged,
  where: Where
): Promise<Omit<Explained, 'audience'>> => {
  const quarantined = (
    await ports.quarantine.list(inbox.documentId, { folderPath: location.folderPath })
  ).find((message) => isSameLocation(message.location, location));
  const place = { ...location, receivedAt: candidate.receivedAt };
  const reading = readingState(place, folder, inbox, await ports.backfills.load(inbox.documentId));
  return {
    ...where,
    answer: plainAnswer(decision.verdict, reading, quarantined !== undefined),
    glimpse: glimpseOf(candidate),
    reading,
    verdict: verdictAnswerOf(decision.verdict),
    steps: decision.steps,
    quarantine: quarantined ? quarantinedAnswerOf(quarantined) : null,
  };
};

const notFound = (where: Where): Explained => ({
  ...where,
  answer:
    where.unreadable.length > 0
      ? 'It was not found, but not every folder could be opened.'
      : 'It is not in the mailbox any more, or never came to it.',
  glimpse: null,
  reading: null,
  verdict: null,
  steps: [],
  quarantine: null,
  audience: null,
});
