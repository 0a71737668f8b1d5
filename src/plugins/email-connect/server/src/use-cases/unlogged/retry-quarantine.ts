import type { Location, Ports } from '../../ports';
import { askInbox } from '../inbox';

/**
 * Makes one message of the quarantine due for the next pass, which comes at once; null: all messages of the inbox.
 * Resolves with their number.
 */
export const retryQuarantine = async (
  ports: Pick<Ports, 'quarantine' | 'inboxes' | 'wakeups' | 'clock' | 'audit'>,
  inboxDocumentId: string,
  location: Location | null,
  actor: string
): Promise<number> => {
  const due = await ports.quarantine.makeDue(inboxDocumentId, location, ports.clock.now());
  if (due > 0) await askInbox(ports, inboxDocumentId);
  await ports.audit.record({
    action: 'quarantine.retried',
    actor,
    subject: inboxDocumentId,
    outcome: 'ok',
    facts: { messages: String(due) },
  });
  return due;
};
