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

type Asked = [
  ports: Pick<Ports, 'inboxes' | 'audit'>,
  inboxDocumentId: string,
  actor: Actor,
  /** What they tried. */
  action: string,
];

/** NOT_ALLOWED, with an audit entry, unless the inbox is the actor's own or they manage all. */
export const assertMayChange = async (...asked: Asked): Promise<void> => {
  await inboxToChange(...asked);
};

/** The inbox as it was when it was theirs to change, or NOT_ALLOWED. */
export const inboxToChange = async (...asked: Asked): Promise<Inbox> => {
  const [ports, inboxDocumentId, actor] = asked;
  const inbox = await requireInbox(ports, inboxDocumentId);
  if (mayChange(inbox, actor)) return inbox;
  return refuse(
    asked,
    'This inbox belongs to someone else.',
    'Ask its owner or an administrator to change it.'
  );
};

/** NOT_ALLOWED, with an audit entry, unless they manage all inboxes: its owner may not. */
export const assertManages = async (...asked: Asked): Promise<void> => {
  if (asked[2].managesAll) return;
  await refuse(
    asked,
    "Only who may change everybody's inboxes decides this.",
    'Ask them, or an administrator for this permission.'
  );
};

const refuse = async (
  [ports, subject, actor, action]: Asked,
  message: string,
  nextStep: string
): Promise<never> => {
  await ports.audit.record({
    action,
    actor: actor.documentId,
    subject,
    outcome: 'refused',
    facts: {},
  });
  throw new EmailConnectError('NOT_ALLOWED', message, nextStep);
};
