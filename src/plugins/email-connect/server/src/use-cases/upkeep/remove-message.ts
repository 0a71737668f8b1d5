import { EmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';

/**
 * Deletes one message here for good (S21), never in the mailbox: no later pass brings it back. Resolves with its
 * thread. A message that waits to be sent is not sent any more. Rejects with NOT_FOUND, or MESSAGE_UNDER_WAY in the
 * moments in which it is handed to its server.
 */
export const removeMessage = async (
  ports: Pick<Ports, 'outbox' | 'upkeep' | 'audit' | 'clock'>,
  messageDocumentId: string,
  actor: string
): Promise<string> => {
  const found = await ports.outbox.loadAnswered(messageDocumentId);
  if (!found) {
    throw new EmailConnectError('NOT_FOUND', 'This mail is not here any more.', 'Reload the conversation.');
  }
  const { threadDocumentId } = found;
  await ports.upkeep.removeMessage(messageDocumentId, ports.clock.now());
  await ports.audit.record({
    action: 'message.removed',
    actor,
    subject: messageDocumentId,
    outcome: 'ok',
    facts: { threadDocumentId },
  });
  return threadDocumentId;
};
