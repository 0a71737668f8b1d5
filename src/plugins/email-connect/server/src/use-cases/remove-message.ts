import { EmailConnectError } from '../domain/errors';
import type { Ports } from '../ports';
import { removeFiles } from './remove-files';
import { assertNothingUnderWay, requireThread } from './require-thread';

/**
 * Deletes one message here for good (S21), never in the mailbox: no later pass brings it back. Resolves with its thread.
 * Rejects with NOT_FOUND, or INPUT_INVALID while it is on its way out.
 */
export const removeMessage = async (
  ports: Pick<Ports, 'outbox' | 'threads' | 'upkeep' | 'attachments' | 'audit' | 'clock' | 'logger'>,
  messageDocumentId: string,
  actor: string
): Promise<string> => {
  const found = await ports.outbox.loadAnswered(messageDocumentId);
  if (!found) {
    throw new EmailConnectError('NOT_FOUND', 'This mail is not here any more.', 'Reload the conversation.');
  }
  const { threadDocumentId } = found;
  const { messages } = await requireThread(ports, threadDocumentId);
  assertNothingUnderWay(messages.filter(({ documentId }) => documentId === messageDocumentId));
  await removeFiles(ports, await ports.upkeep.removeMessage(messageDocumentId, ports.clock.now()));
  await ports.audit.record({
    action: 'message.removed',
    actor,
    subject: messageDocumentId,
    outcome: 'ok',
    facts: { threadDocumentId },
  });
  return threadDocumentId;
};
