import { z } from 'zod';
import type { StrapiAdmin } from '../../dev/strapi/strapi-admin';

const idOf = z.object({ data: z.object({ id: z.number() }) });
const invited = z.object({ data: z.object({ registrationToken: z.string() }) });
const loggedIn = z.object({ data: z.object({ token: z.string() }) });

/** A further admin user, with a role that may do these things and no others. Answers their login token. */
export const addAdminUser = async (
  admin: StrapiAdmin,
  name: string,
  actions: readonly { action: string; subject?: string; fields?: string[]; conditions?: string[] }[]
): Promise<string> => {
  const read = async <T>(schema: z.ZodType<T>, method: string, path: string, body: unknown): Promise<T> => {
    const response = await admin.fetch(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return schema.parse(JSON.parse(text));
  };
  const { id } = (await read(idOf, 'POST', '/admin/roles', { name: `Role of ${name}`, description: '' }))
    .data;
  const permissions = actions.map(({ action, subject = null, fields, conditions = [] }) => ({
    action,
    subject,
    conditions,
    properties: fields ? { fields } : {},
  }));
  await read(z.unknown(), 'PUT', `/admin/roles/${id}/permissions`, { permissions });
  const user = { email: `${name}@example.com`, firstname: name, lastname: 'Admin' };
  const invitation = await read(invited, 'POST', '/admin/users', { ...user, roles: [id] });
  const { registrationToken } = invitation.data;
  const userInfo = { firstname: name, lastname: 'Admin', password: 'Test-password-2' };
  return (await read(loggedIn, 'POST', '/admin/register', { registrationToken, userInfo })).data.token;
};
