import { EmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import type { Ports } from '../ports';
import { requireInbox } from '../use-cases/inbox';

/** The admin user who asks: only the owner of an inbox, and users who manage all inboxes, may change it (S37). */
export interface Actor {
  documentId: string;
  managesAll: boolean;
}

export const mayChange = (inbox: Inbox, actor: Actor): boolean =>
  actor.managesAll || (actor.documentId !== '' && inbox.ownerDocumentId === actor.documentId);

/**
 * NOT_ALLOWED, with an audit entry, unless the inbox is the actor's own or they manage all. `action`: what they
 * tried.
 */
export const assertMayChange = async (
  ports: Pick<Ports, 'inboxes' | 'audit'>,
  inboxDocumentId: string,
  actor: Actor,
  action: string
): Promise<void> => {
  const inbox = await requireInbox(ports, inboxDocumentId);
  if (mayChange(inbox, actor)) return;
  await ports.audit.record({
    action,
    actor: actor.documentId,
    subject: inboxDocumentId,
    outcome: 'refused',
    facts: {},
  });
  throw new EmailConnectError(
    'NOT_ALLOWED',
    'This inbox belongs to someone else.',
    'Ask its owner or an administrator to change it.'
  );
};
