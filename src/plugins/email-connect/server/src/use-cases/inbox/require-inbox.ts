import { EmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { InboxRecords, Ports } from '../../ports';

/** The inbox, or NOT_FOUND. */
export const requireInbox = async (ports: Pick<Ports, 'inboxes'>, documentId: string): Promise<Inbox> => {
  const inbox = await ports.inboxes.load(documentId);
  if (inbox) return inbox;
  throw notHere();
};

/** `InboxRecords.change`, or NOT_FOUND. */
export const changeInbox = async (
  ports: Pick<Ports, 'inboxes'>,
  ...change: Parameters<InboxRecords['change']>
): Promise<Inbox> => {
  const inbox = await ports.inboxes.change(...change);
  if (inbox) return inbox;
  throw notHere();
};

const notHere = () =>
  new EmailConnectError('NOT_FOUND', 'This inbox is not here any more.', 'Go back to the list of inboxes.');
