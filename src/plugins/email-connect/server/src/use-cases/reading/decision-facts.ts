import { isMinted } from '../../domain/identification/mint';
import type { Inbox } from '../../domain/inbox/inbox';
import type { DecisionContext } from '../../domain/logging/decision-context';
import { rootKeyOf } from '../../domain/logging/known-keys';
import type { LoggingFacts } from '../../domain/logging/verdict';
import type { Candidate, ScannedMessage } from '../../domain/message/message';
import type { InboxFolder } from '../../domain/sync/folder';
import type { Ports } from '../../ports';

/**
 * Where a message of this folder was found, and which settings hold there. `byHand`: a person asked for just this
 * message.
 */
export const contextOf = (
  { secrets }: Pick<Ports, 'secrets'>,
  inbox: Inbox,
  folder: Pick<InboxFolder, 'specialUse' | 'role'>,
  byHand = false
): DecisionContext => ({
  inboxDocumentId: inbox.documentId,
  inboxAddress: inbox.address,
  folderUse: folder.specialUse,
  folderRole: folder.role,
  policy: inbox.policy,
  logAddress: inbox.logAddress,
  receiver: inbox,
  byHand,
  threadIdOf: (key) => secrets.documentIdOf(key),
  isMinted: (id) => isMinted(id, (text) => secrets.sign(text)),
});

/** A scanned message with its header fields read. */
export const candidateOf = (
  { mime }: Pick<Ports, 'mime'>,
  { headerBytes, ...scanned }: ScannedMessage
): Candidate => ({ ...scanned, headers: mime.parseHeaders(headerBytes), returned: null, trace: null });

/** What the records know about these messages in this inbox, loaded by one read. */
export const factsFor = (
  { logging }: Pick<Ports, 'logging'>,
  candidates: readonly Candidate[],
  context: DecisionContext
): Promise<LoggingFacts> =>
  logging.loadFacts(context.inboxDocumentId, candidates, {
    mayBegin: mayBeginThreads(context)
      ? candidates.map((candidate) => context.threadIdOf(rootKeyOf(candidate)))
      : [],
    everyone: context.policy === 'known-contacts',
  });

/** Whether mail that answers nothing may be logged here. */
const mayBeginThreads = ({ byHand, folderRole, logAddress, policy }: DecisionContext): boolean =>
  byHand || folderRole === 'log' || logAddress !== '' || policy === 'known-contacts';
