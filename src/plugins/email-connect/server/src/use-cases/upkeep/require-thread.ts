import type { Thread } from '../../../../shared/contracts/thread';
import { EmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';

/** The thread without its messages, or NOT_FOUND. */
export const requireThread = async (
  { threads }: Pick<Ports, 'threads'>,
  threadDocumentId: string
): Promise<Thread> => {
  const thread = await threads.summary(threadDocumentId);
  if (thread) return thread;
  throw new EmailConnectError(
    'NOT_FOUND',
    'This conversation is not here any more.',
    'Go back to the contact.'
  );
};
