import type { Inbox } from '../../domain/inbox/inbox';
import { standingOf } from '../../domain/logging/standing';
import type { Standing, StandingFacts } from '../../domain/logging/standing';
import type { Verdict } from '../../domain/logging/verdict';
import type { MessageHeaders } from '../../domain/message/message';
import { participantsOf } from '../../domain/message/participants';
import type { LinkedContact } from '../../domain/outgoing/outgoing';
import type { Ports } from '../../ports';

type LogVerdict = Pick<Extract<Verdict, { kind: 'log' }>, 'threadDocumentId' | 'begins'>;

/** The contacts that stand on the thread of a mail, by its headers alone, once it is logged by this verdict. */
export const contactsFor = (
  { contacts }: Pick<Ports, 'contacts'>,
  headers: MessageHeaders,
  { threadDocumentId, begins }: LogVerdict
): Promise<LinkedContact[]> =>
  contacts.standingOn({
    threadDocumentId,
    continuesDocumentId: begins?.continuesDocumentId ?? null,
    participants: participantsOf(headers),
  });

/** Whether a mail may be logged because a person asked for it, and whether `chosen` is put on its thread (S45). */
export const findStanding = async (
  ports: Pick<Ports, 'contacts' | 'threads'>,
  inbox: Inbox,
  headers: MessageHeaders,
  verdict: LogVerdict,
  chosen: LinkedContact | null
): Promise<Standing> =>
  standingOf({
    standing: await contactsFor(ports, headers, verdict),
    chosen: chosen && { contact: chosen, isThere: (await ports.contacts.load(chosen)) !== null },
    thread: await threadKind(ports, inbox, verdict),
  });

const threadKind = async (
  { threads }: Pick<Ports, 'threads'>,
  { documentId }: Inbox,
  { threadDocumentId, begins }: LogVerdict
): Promise<StandingFacts['thread']> => {
  if (begins !== null) return 'begins';
  const thread = await threads.summary(threadDocumentId);
  return thread?.inboxDocumentId === documentId ? 'own' : 'foreign';
};
