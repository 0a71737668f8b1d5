import { isFinal } from '../domain/outgoing/stage';
import type { Transition } from '../domain/outgoing/transition';
import type { OutboxEntry, Ports, RecordedFacts } from '../ports';

export type RecordOutgoingPorts = Pick<Ports, 'outbox' | 'attachments' | 'news' | 'logger'>;

/**
 * Records what became of a mail, and only then tells: events follow recorded transitions, here and nowhere else.
 * Where nothing is left to do, the composed bytes are let go. false when the mail stands elsewhere by now.
 */
export const recordOutgoing = async (
  ports: RecordOutgoingPorts,
  entry: OutboxEntry,
  transition: Transition,
  facts: RecordedFacts
): Promise<boolean> => {
  if (!(await ports.outbox.record(entry, transition, facts))) return false;
  await announceOutgoing(ports, entry, transition);
  if (isFinal(transition.to)) await letGo(ports, entry);
  return true;
};

export const announceOutgoing = async (
  { news }: RecordOutgoingPorts,
  { inboxDocumentId, threadDocumentId, contacts }: OutboxEntry,
  { from, to }: Transition
): Promise<void> => {
  // What becomes of its copy is no news of the mail.
  const kind = from.includes('sent') ? null : newsOf(to);
  if (kind) await news.announce({ kind, inboxDocumentId, threadDocumentId, contacts });
};

const newsOf = (stage: Transition['to']) => {
  switch (stage) {
    case 'sent':
      return 'message.sent';
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
      return stage satisfies never;
  }
};

/** A composed mail carries a Message-ID of its own: nobody else can have saved the same bytes. */
const letGo = async ({ attachments, logger }: RecordOutgoingPorts, entry: OutboxEntry): Promise<void> => {
  try {
    await attachments.remove(entry.sourceKey);
  } catch (error) {
    logger.warn(
      `The composed bytes of message ${entry.messageDocumentId} could not be removed: ${String(error)}`
    );
  }
};
