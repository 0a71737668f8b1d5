import type { AccessRequest, Ports } from '../../ports';

/**
 * The open requests that are this user's to answer: those at their own inboxes, and for managers those at inboxes whose
 * owner cannot sign in any more. Never their own: a manager would open mail to themselves.
 */
export const openAccessRequests = async (
  { levels, inboxes, people }: Pick<Ports, 'levels' | 'inboxes' | 'people'>,
  { documentId, managesAll }: { documentId: string; managesAll: boolean }
): Promise<AccessRequest[]> => {
  const all = await inboxes.list();
  const users = managesAll ? await people.users() : [];
  const active = new Set(users.filter(({ isActive }) => isActive).map((user) => user.documentId));
  const theirs = all.filter(
    ({ ownerDocumentId }) => ownerDocumentId === documentId || (managesAll && !active.has(ownerDocumentId))
  );
  const open = await levels.open(theirs.map((inbox) => inbox.documentId));
  return open.filter(({ userDocumentId }) => userDocumentId !== documentId);
};
