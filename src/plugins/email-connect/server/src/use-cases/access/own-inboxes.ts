import { EmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { Ports } from '../../ports';

/** Inboxes that an admin user owns: being named on one, or managing all, does not make its level theirs to choose. */
export const ownInboxes = async (
  { inboxes }: Pick<Ports, 'inboxes'>,
  userDocumentId: string
): Promise<Inbox[]> =>
  userDocumentId === ''
    ? []
    : (await inboxes.list()).filter(({ ownerDocumentId }) => ownerDocumentId === userDocumentId);

export const notTheOwner = (): EmailConnectError =>
  new EmailConnectError(
    'NOT_ALLOWED',
    'How much others see of this mail is decided by the owner of its inbox.',
    'Ask the owner. If they have left, an administrator can give the inbox to somebody else.'
  );
