import type { Message } from '../../../../shared/contracts/message';
import type { Sight } from '../../domain/access/sight';
import { EmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';

/** The message with its whole content, or NOT_FOUND. */
export const requireMessage = async (
  { threads }: Pick<Ports, 'threads'>,
  messageDocumentId: string,
  sight?: Sight
): Promise<Message> => {
  const message = await threads.message(messageDocumentId, sight);
  if (message) return message;
  throw new EmailConnectError('NOT_FOUND', 'This mail is not here any more.', 'Reload the conversation.');
};
