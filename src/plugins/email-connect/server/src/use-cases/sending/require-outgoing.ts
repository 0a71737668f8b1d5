import { EmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { OutboxEntry, Ports } from '../../ports';

/** A mail that was written here, with its outbox entry, or NOT_FOUND. */
export const requireOutgoing = async (
  { outbox }: Pick<Ports, 'outbox'>,
  messageDocumentId: string
): Promise<OutboxEntry> => {
  const entry = await outbox.load(messageDocumentId);
  if (entry) return entry;
  throw new EmailConnectError(
    'NOT_FOUND',
    'This mail is not here any more, or was not written here.',
    'Reload the conversation.'
  );
};

/** NOT_ALLOWED for everybody but the inbox's owner: the mail goes out in the owner's name. */
export const assertOwner = (inbox: Inbox, actor: string): void => {
  if (inbox.ownerDocumentId === actor) return;
  throw new EmailConnectError(
    'NOT_ALLOWED',
    'This mail goes out in the name of the owner of its inbox, so only they can send it.',
    'Ask the owner of the inbox.'
  );
};

/** The mail changed while a person looked at it: the page that they saw is outdated. */
export const movedOn = (): EmailConnectError =>
  new EmailConnectError(
    'MESSAGE_UNDER_WAY',
    'This mail has moved on meanwhile, or is being sent just now.',
    'Reload the conversation to see where it stands.'
  );
