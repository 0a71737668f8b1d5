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

/** Whether a person may send from an inbox: they own it, or are named on it. */
export const mayUse = async (
  { access }: Pick<Ports, 'access'>,
  { documentId, ownerDocumentId }: Inbox,
  person: string
): Promise<boolean> => ownerDocumentId === person || (await access.inboxesOf(person)).includes(documentId);

/** NOT_ALLOWED for everybody else: the mail goes out in the name of the inbox. */
export const assertMaySend = async (
  ports: Pick<Ports, 'access'>,
  inbox: Inbox,
  person: string
): Promise<void> => {
  if (await mayUse(ports, inbox, person)) return;
  throw new EmailConnectError(
    'NOT_ALLOWED',
    'This mail goes out in the name of its inbox, so only its owner and who is named on it can send it.',
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
