import { threadPage } from '../../src/plugins/email-connect/shared/contracts/thread';
import type { AdminClient } from './admin-client';
import { ask } from './unlogged-scene';

export const contactType = 'plugin::email-connect.contact';

/** Permissions of ours, by their names. */
export const ours = (...names: string[]) =>
  names.map((name) => ({ action: `plugin::email-connect.${name}` }));

/** Strapi's permission to `read`, `create` or `update` contacts. */
export const onContacts = (verb: string, ...conditions: string[]) => ({
  action: `plugin::content-manager.explorer.${verb}`,
  subject: contactType,
  fields: ['name', 'email', 'furtherEmails', 'company'],
  conditions,
});

/** Of a route below `/email-connect`. */
export const statusOf = async (caller: AdminClient, path: string): Promise<number> =>
  (await caller.call('GET', `/email-connect${path}`)).status;

/** The conversations on a contact, as this user sees them. */
export const threadsOn = async (caller: AdminClient, contactDocumentId: string) =>
  (await ask({ admin: caller }, threadPage, 'GET', `/records/${contactType}/${contactDocumentId}/threads`))
    .threads;
