import type { AdminUser } from '../../../domain/inbox/named';
import type { AdminPeople } from '../../../ports';
import { findRow, findRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { NamedRow } from '../base/rows';

interface UserRow {
  documentId: string;
  firstname: string | null;
  lastname: string | null;
  email: string | null;
  isActive: boolean | null;
  blocked: boolean | null;
  roles: { documentId: string }[];
}

interface RoleRow {
  documentId: string;
  name: string;
}

const USER = 'admin::user';
const ROLE = 'admin::role';
const MAY_OWN = 'plugin::email-connect.inboxes.connect';

export const createAdminPeople = (strapi: Strapi): AdminPeople => ({
  users: async () => {
    const owning = await findRows<RoleRow>(strapi, ROLE, { where: { permissions: { action: MAY_OWN } } });
    const mayOwn = new Set(owning.map(({ documentId }) => documentId));
    const rows = await findRows<UserRow>(strapi, USER, {
      populate: ['roles'],
      orderBy: [{ firstname: 'asc' }, { lastname: 'asc' }, { id: 'asc' }],
    });
    return rows.map((row) => toUser(row, mayOwn));
  },
  roles: async () => {
    const rows = await findRows<RoleRow>(strapi, ROLE, { orderBy: { name: 'asc' } });
    return rows.map(({ documentId, name }) => ({ documentId, name }));
  },
});

const toUser = (row: UserRow, mayOwn: ReadonlySet<string>): AdminUser => ({
  documentId: row.documentId,
  firstName: row.firstname ?? '',
  lastName: row.lastname ?? '',
  email: row.email ?? '',
  isActive: isActive(row),
  mayOwn: isActive(row) && row.roles.some(({ documentId }) => mayOwn.has(documentId)),
});

const isActive = ({ isActive: active, blocked }: Pick<UserRow, 'isActive' | 'blocked'>): boolean =>
  active === true && blocked !== true;

/** The inboxes on which an admin user is named, by name or by a role that they have now; none for a blocked one. */
export const inboxesNaming = async (strapi: Strapi, userDocumentId: string): Promise<string[]> => {
  const user = await findRow<UserRow>(strapi, USER, {
    where: { documentId: userDocumentId },
    populate: ['roles'],
  });
  if (!user || !isActive(user)) return [];
  const roles = user.roles.map(({ documentId }) => documentId);
  const rows = await findRows<NamedRow>(strapi, uids.named, {
    where: {
      $or: [
        { kind: 'user', namedDocumentId: userDocumentId },
        { kind: 'role', namedDocumentId: { $in: roles } },
      ],
    },
  });
  return rows.map(({ inboxDocumentId }) => inboxDocumentId);
};
