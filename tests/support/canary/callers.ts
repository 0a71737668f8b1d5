import type { Core } from '@strapi/strapi';
import { contentApiRoutes } from '../../../src/plugins/email-connect/server/src/routes/content-api';
import { adminNames, admins, ours, readingOf } from './people';
import type { AdminName } from './people';
import { person } from './site';

/** Somebody who walks: an admin user, or nobody. */
export interface AdminCaller {
  name: AdminName | 'anonymous';
  who: AdminName | null;
  token: string;
}

/** A program that asks the content API. */
export interface ProgramCaller {
  name: string;
  token: string;
  /** null: a token for all content, which reads mail only where the site says so. */
  scopes: ReadonlySet<string> | null;
}

export interface Callers {
  admins: AdminCaller[];
  programs: ProgramCaller[];
  userOf(name: AdminName): { id: number; documentId: string };
  /** Logs all admin users in again: a login does not last as long as the longest walk. */
  logIn(): Promise<void>;
}

const READS = 'plugin::content-manager.explorer.read';
const WRITES = ['create', 'update', 'delete', 'publish'].map(
  (verb) => `plugin::content-manager.explorer.${verb}`
);
const everyScope = contentApiRoutes().routes.map(({ handler }) => `plugin::email-connect.${handler}`);

/** Makes the users, roles and tokens of a site. */
export const createCallers = async (strapi: Core.Strapi): Promise<Callers> => {
  await strapi.service('plugin::i18n.locales').create({ code: 'de', name: 'German' });
  const users = new Map<AdminName, { id: number; documentId: string }>();
  for (const name of adminNames) users.set(name, await createUser(strapi, name));
  const userOf = (name: AdminName) => {
    const user = users.get(name);
    if (!user) throw new Error(`${name} is no user.`);
    return user;
  };
  const walking: AdminCaller[] = [
    ...adminNames.map((name) => ({ name, who: name, token: '' })),
    { name: 'anonymous', who: null, token: '' },
  ];
  const logIn = async () => {
    for (const caller of walking)
      if (caller.who) caller.token = await accessToken(strapi, userOf(caller.who).id);
  };
  await logIn();
  for (const name of adminNames)
    if (admins[name].isBlocked)
      await strapi.db
        .query('admin::user')
        .update({ where: { id: userOf(name).id }, data: { isActive: false } });
  rememberAbilities(strapi);
  return { admins: walking, programs: await createPrograms(strapi), userOf, logIn };
};

const createUser = async (strapi: Core.Strapi, name: AdminName) => {
  const role = name === 'superAdmin' ? await superAdminRole(strapi) : await createRole(strapi, name);
  const user = await strapi.service('admin::user').create({
    email: `${name.toLowerCase()}@people.test`,
    firstname: 'A',
    lastname: 'Colleague',
    password: 'Test-password-2',
    isActive: true,
    roles: [role],
  });
  return { id: Number(user.id), documentId: String(user.documentId) };
};

const superAdminRole = async (strapi: Core.Strapi): Promise<number> =>
  (await strapi.db.query('admin::role').findOne({ where: { code: 'strapi-super-admin' } })).id;

const createRole = async (strapi: Core.Strapi, name: AdminName): Promise<number> => {
  const { reads, may } = admins[name];
  const role = await strapi.service('admin::role').create({ name: `Role of ${name}`, description: '' });
  const onRecords = Object.entries(readingOf[reads]).flatMap(([subject, { conditions = [], locales }]) =>
    [READS, ...WRITES].map((action) => ({
      action,
      subject,
      conditions,
      properties: {
        fields:
          subject === person ? ['name', 'email', 'further', 'talk'] : ['name', 'email', 'furtherEmails'],
        ...(locales === undefined ? {} : { locales }),
      },
    }))
  );
  const ofOurs = may
    .flatMap((one) => ours[one])
    .map((action) => ({
      action: `plugin::email-connect.${action}`,
      subject: null,
      conditions: [],
      properties: {},
    }));
  await strapi.service('admin::role').assignPermissions(role.id, [...onRecords, ...ofOurs]);
  return role.id;
};

const accessToken = async (strapi: Core.Strapi, userId: number): Promise<string> => {
  const sessions = strapi.sessionManager('admin');
  const { token } = await sessions.generateRefreshToken(String(userId), 'walk', { type: 'refresh' });
  const access = await sessions.generateAccessToken(token);
  if (!('token' in access)) throw new Error('Strapi refused a login.');
  return access.token;
};

/** Strapi works out anew for each request what a role may do; here no role changes, and it is most of a request's time. */
const rememberAbilities = (strapi: Core.Strapi): void => {
  const { engine } = strapi.service('admin::permission');
  const generate = engine.generateUserAbility;
  const known = new Map<number, unknown>();
  engine.generateUserAbility = async (user: { id: number }, ...rest: unknown[]) => {
    if (!known.has(user.id)) known.set(user.id, await generate(user, ...rest));
    return known.get(user.id);
  };
};

const createPrograms = async (strapi: Core.Strapi): Promise<ProgramCaller[]> => {
  const token = async (name: string, type: string, permissions?: string[]): Promise<ProgramCaller> => {
    const { accessKey } = await strapi.service('admin::api-token').create({
      name,
      description: '',
      type,
      lifespan: null,
      ...(permissions ? { permissions } : {}),
    });
    return { name, token: accessKey, scopes: permissions ? new Set(permissions) : null };
  };
  const people = [`${person}.find`, `${person}.findOne`];
  return [
    { name: 'nobody', token: '', scopes: new Set() },
    await token('read-only', 'read-only'),
    await token('full-access', 'full-access'),
    await token('every scope', 'custom', [...everyScope, ...people]),
    await token('people alone', 'custom', people),
    ...(await Promise.all(everyScope.map((scope) => token(`only ${scope}`, 'custom', [scope])))),
  ];
};
