import type { Thread } from '../../../shared/contracts/thread';
import { EmailConnectError } from '../domain/errors';
import type { Ports } from '../ports';

/** The thread, or NOT_FOUND. */
export const requireThread = async (
  { threads }: Pick<Ports, 'threads'>,
  threadDocumentId: string
): Promise<Thread> => {
  const thread = await threads.read(threadDocumentId);
  if (thread) return thread;
  throw new EmailConnectError(
    'NOT_FOUND',
    'This conversation is not here any more.',
    'Go back to the contact.'
  );
};

/** Refuses with INPUT_INVALID while a mail is with nobody yet: what is deleted now would be sent all the same. */
export const assertNothingUnderWay = (messages: Thread['messages']): void => {
  if (!messages.some(({ deliveryStatus }) => deliveryStatus === 'queued' || deliveryStatus === 'unknown'))
    return;
  throw new EmailConnectError(
    'INPUT_INVALID',
    'A mail of this conversation is on its way out.',
    'Wait until it is sent, then try again.'
  );
};
