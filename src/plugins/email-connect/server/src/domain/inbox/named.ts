import { EmailConnectError } from '../errors';
import type { Inbox } from './inbox';

export const namedKinds = ['user', 'role'] as const;
export type NamedKind = (typeof namedKinds)[number];

/** Who uses an inbox besides its owner: an admin user, or all who have a role. */
export interface Named {
  kind: NamedKind;
  documentId: string;
}

/** An admin user, as far as inboxes ask for them. */
export interface AdminUser {
  documentId: string;
  firstName: string;
  lastName: string;
  email: string;
  isActive: boolean;
  /** They are active, and a role of theirs may connect inboxes. */
  mayOwn: boolean;
}

/** Each once, and not the owner: they lose the inbox when they hand it over. */
export const namedBeside = (ownerDocumentId: string, named: readonly Named[]): Named[] => {
  const others = named.filter(({ kind, documentId }) => kind === 'role' || documentId !== ownerDocumentId);
  return [...new Map(others.map((one) => [`${one.kind} ${one.documentId}`, one])).values()];
};

/** An inbox from which nothing can be read or sent by its owner waits for nobody. */
export const cannotOwn = (): EmailConnectError =>
  new EmailConnectError(
    'OWNER_NOT_ALLOWED',
    'This person cannot own an inbox: their user is blocked or gone, or no role of theirs may connect inboxes.',
    'Choose somebody else, or ask an administrator to change the role.'
  );

/**
 * What admin users are called: a name, with their address only where several have the same name or one has none, for
 * whoever may share an inbox need not see all addresses with which people log in.
 */
export const nameUsers = (users: readonly AdminUser[]): Map<string, string> => {
  const namesOf = ({ firstName, lastName }: AdminUser) => `${firstName} ${lastName}`.trim();
  const counts = new Map<string, number>();
  for (const user of users) counts.set(namesOf(user), (counts.get(namesOf(user)) ?? 0) + 1);
  return new Map(
    users.map((user) => {
      const name = namesOf(user);
      if (name === '') return [user.documentId, user.email];
      return [user.documentId, (counts.get(name) ?? 0) > 1 ? `${name} (${user.email})` : name];
    })
  );
};

/**
 * The inbox from which a person sends who chose none: one of their own, and first of all one that they connected
 * themselves. Anybody may hand an inbox to them, also one whose server is not to be trusted.
 */
export const firstToSendFrom = (inboxes: readonly Inbox[], person: string): Inbox | null =>
  toSendFrom(inboxes, person).find(({ ownerDocumentId }) => ownerDocumentId === person) ?? null;

/**
 * The connected ones of these inboxes, in that order; those on which the person is named come later, and
 * last those whose address waits to be confirmed.
 */
export const toSendFrom = (inboxes: readonly Inbox[], person: string): Inbox[] => {
  const rankOf = ({ ownerDocumentId, consent, isTeamAddress }: Inbox): number => {
    if (!isTeamAddress) return 3;
    if (ownerDocumentId !== person) return 2;
    return consent?.givenBy === person ? 0 : 1;
  };
  return inboxes
    .filter(({ state }) => state !== 'disconnected')
    .sort((one, other) => rankOf(one) - rankOf(other));
};
