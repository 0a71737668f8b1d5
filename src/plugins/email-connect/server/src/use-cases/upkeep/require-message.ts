import type { Message } from '../../../../shared/contracts/message';
import { EmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';

/** The message with its whole content, or NOT_FOUND. */
export const requireMessage = async (
  { threads }: Pick<Ports, 'threads'>,
  messageDocumentId: string
): Promise<Message> => {
  const message = await threads.message(messageDocumentId);
  if (message) return message;
  throw new EmailConnectError('NOT_FOUND', 'This mail is not here any more.', 'Reload the conversation.');
};
