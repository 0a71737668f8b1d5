import { unreachable } from '../../../../shared/unreachable';
import { isFinal } from '../../domain/outgoing/stage';
import { isCopyStep } from '../../domain/outgoing/transition';
import type { Transition } from '../../domain/outgoing/transition';
import type { OutboxEntry, Ports, RecordedFacts } from '../../ports';
import { letGoOfSource } from '../files';

export type RecordOutgoingPorts = Pick<Ports, 'outbox' | 'attachments' | 'news' | 'logger'>;

/**
 * Records what became of a mail, and only then tells: every event follows a recorded transition, here and nowhere
 * else. When nothing is left to do, the composed bytes are deleted. false when the mail is in another stage by now.
 */
export const recordOutgoing = async (
  ports: RecordOutgoingPorts,
  entry: OutboxEntry,
  transition: Transition,
  facts: RecordedFacts
): Promise<boolean> => {
  if (!(await ports.outbox.record(entry, transition, facts))) return false;
  await tellOutgoing(ports, entry, transition);
  return true;
};

/** What follows once it is recorded, and not before: the news, and the deletion of the composed bytes. */
export const tellOutgoing = async (
  ports: RecordOutgoingPorts,
  entry: OutboxEntry,
  transition: Transition
): Promise<void> => {
  await announce(ports, entry, transition);
  if (isFinal(transition.to)) await letGoOfSource(ports, entry.sourceKey);
};

const announce = async (
  { news }: RecordOutgoingPorts,
  { inboxDocumentId, threadDocumentId, messageDocumentId, contacts }: OutboxEntry,
  transition: Transition
): Promise<void> => {
  const kind = newsOf(transition);
  if (kind) await news.announce({ kind, inboxDocumentId, threadDocumentId, messageDocumentId, contacts });
};

const newsOf = ({ from, to }: Transition) => {
  switch (to) {
    case 'sent':
      // A copy that could not be filed is no second sending.
      return isCopyStep({ from }) ? 'message.changed' : 'message.sent';
    case 'refused':
      return 'message.failed';
    case 'held':
    case 'queued':
    case 'unknown':
    case 'asked':
    case 'cancelled':
    case 'ended':
      return 'message.changed';
    case 'submitting':
    case 'filed':
      return null;
    default:
      return unreachable(to);
  }
};
