import type { Core } from '@strapi/strapi';
import { access } from '../src/plugins/email-connect/server/src/services/access';
import { threads } from '../src/plugins/email-connect/server/src/services/threads';
import type { LinkedContact } from '../src/plugins/email-connect/server/src/domain/outgoing/outgoing';
import { wiringOf } from '../src/plugins/email-connect/server/src/wiring';
import { startStrapi } from '../tests/support/strapi-app';
import type { DatabaseKind } from '../tests/support/test-database';
import { loadStrapi } from './engine';
import { timed } from './report';

const contactType = 'plugin::email-connect.contact';
const PAGE = { start: 0, limit: 25 };
/** Not counted: statements are prepared, and code is compiled. */
const WARM_UP = 20;

export const databaseNames = {
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
  mysql: 'MariaDB',
} as const satisfies Record<DatabaseKind, string>;
export const databases = ['sqlite', 'postgres', 'mysql'] as const satisfies DatabaseKind[];

/** Who opens a contact's page: somebody with all permissions, and somebody who reads the records that they made. */
export const callers = ['administrator', 'restricted'] as const;
export type PageCaller = (typeof callers)[number];

/** A Strapi with contacts on a database of its own, whose pages are opened in process. */
export interface ContactPages {
  strapi: Core.Strapi;
  /** A contact with this address that both callers may read. */
  addContact(address: string): Promise<LinkedContact>;
  /** The admin user, by documentId. */
  userOf(caller: PageCaller): string;
  /** As the database does it by itself after a while: its plans rest on it. */
  analyze(): Promise<void>;
  /** How long the conversations of the contact take, in ms, of each of `rounds`. Throws when there are not so many. */
  open(caller: PageCaller, contact: LinkedContact, total: number, rounds: number): Promise<number[]>;
  stop(): Promise<void>;
}

export const startContactPages = async (database: DatabaseKind): Promise<ContactPages> => {
  const plugins = { 'email-connect': { enabled: true, config: {} } };
  const { strapi, stop } = await startStrapi({ database, name: 'bench', plugins, loadStrapi });
  const { install } = wiringOf(strapi);
  await install();
  const superAdmin = (await strapi.service('admin::role').getSuperAdmin()).id;
  const users = {
    administrator: await addUser(strapi, 'administrator', superAdmin),
    restricted: await addUser(strapi, 'restricted', await restrictedRole(strapi)),
  } satisfies Record<PageCaller, PageUser>;
  const abilities: Record<PageCaller, unknown> = {
    administrator: await abilityOf(strapi, users.administrator.id),
    restricted: await abilityOf(strapi, users.restricted.id),
  };
  const page = async (caller: PageCaller, contact: LinkedContact) => {
    const may = access({ strapi });
    await may.assertMayReadContact(abilities[caller], contact);
    const { documentId } = users[caller];
    const reader = { documentId, managesAll: false, userAbility: abilities[caller] };
    return threads({ strapi }).listOfContact(contact, PAGE, await may.recordReader(reader));
  };
  return {
    strapi,
    addContact: async (email) => {
      const data: Record<string, unknown> = { name: email, email, createdBy: users.restricted.id };
      const { documentId } = await strapi.documents(contactType).create({ data });
      return { contactType, documentId };
    },
    userOf: (caller) => users[caller].documentId,
    analyze: () => analyze(strapi, database),
    open: async (caller, contact, total, rounds) => {
      const times: number[] = [];
      for (let round = -WARM_UP; round < rounds; round += 1) {
        const ms = await timed(async () => {
          const found = await page(caller, contact);
          if (found.total !== total || found.threads.length !== Math.min(total, PAGE.limit))
            throw new Error(`The page told of ${found.threads.length} of ${found.total} conversations.`);
        });
        if (round >= 0) times.push(ms);
      }
      return times;
    },
    stop,
  };
};

const restrictedRole = async (strapi: Core.Strapi): Promise<number> => {
  const roles = strapi.service('admin::role');
  const { id } = await roles.create({ name: 'Reads their own contacts', description: '' });
  await roles.assignPermissions(id, [
    {
      action: 'plugin::content-manager.explorer.read',
      subject: contactType,
      properties: { fields: ['name', 'email'] },
      conditions: ['admin::is-creator'],
    },
  ]);
  return id;
};

interface PageUser {
  id: number;
  documentId: string;
}

const addUser = async (strapi: Core.Strapi, name: string, role: number): Promise<PageUser> => {
  const user = { email: `${name}@team.example`, firstname: name, roles: [role], isActive: true };
  const { id, documentId } = await strapi
    .service('admin::user')
    .create({ ...user, password: 'Bench-password-1' });
  return { id, documentId };
};

const abilityOf = async (strapi: Core.Strapi, userId: number): Promise<unknown> =>
  strapi
    .service('admin::permission')
    .engine.generateUserAbility(await strapi.service('admin::user').findOne(userId));

const analyze = async (strapi: Core.Strapi, database: DatabaseKind): Promise<void> => {
  const { connection } = strapi.db;
  if (database === 'postgres') await connection.raw('vacuum analyze');
  if (database !== 'mysql') return;
  for (const table of [
    'threads',
    'messages',
    'attachments',
    'message_records',
    'message_addresses',
    'holdings',
    'levels',
  ])
    await connection.raw(`analyze table email_connect_${table}`);
};
