import type { Core } from '@strapi/strapi';
import type { MailReader } from '../../src/plugins/email-connect/server/src/services/mail-reader';

/** What a role may read of a type: with Strapi's conditions; of a type with languages, in these (null: in all). */
export interface Reading {
  conditions?: string[];
  locales?: string[] | null;
}

/** An admin user of a Strapi that runs in this process. */
export interface Colleague {
  documentId: string;
  /** What Strapi lets them do now. */
  reader(): Promise<MailReader>;
  /** Runs `work` as within a request of theirs. */
  as<Result>(work: () => Promise<Result>): Promise<Result>;
  become(...roles: number[]): Promise<void>;
}

let serial = 0;

/** A role that reads records of these types, by their uids. Answers its id. */
export const roleThatReads = async (strapi: Core.Strapi, reads: Record<string, Reading>): Promise<number> => {
  const role = await strapi.service('admin::role').create({ name: `Role ${(serial += 1)}`, description: '' });
  await strapi.service('admin::role').assignPermissions(
    role.id,
    Object.entries(reads).map(([subject, { conditions = [], locales }]) => ({
      action: 'plugin::content-manager.explorer.read',
      subject,
      conditions,
      properties: { fields: ['name', 'email'], ...(locales === undefined ? {} : { locales }) },
    }))
  );
  return role.id;
};

export const addColleague = async (strapi: Core.Strapi, ...roles: number[]): Promise<Colleague> => {
  const { id } = await strapi.service('admin::user').create({
    email: `colleague${(serial += 1)}@crm.test`,
    firstname: 'A',
    lastname: 'Colleague',
    password: 'Test-password-2',
    isActive: true,
    roles,
  });
  const load = () => strapi.db.query('admin::user').findOne({ where: { id }, populate: ['roles'] });
  const { documentId } = await load();
  const reader = async (): Promise<MailReader> => ({
    documentId,
    managesAll: false,
    userAbility: await strapi.service('admin::permission').engine.generateUserAbility(await load()),
  });
  return {
    documentId,
    reader,
    as: async (work) => {
      const { userAbility } = await reader();
      const state = { userAbility, user: await load() };
      let done: ReturnType<typeof work> | undefined;
      await strapi.requestContext.run({ state } as never, async () => {
        done = work();
        await done;
      });
      if (!done) throw new Error('It was not run.');
      return done;
    },
    become: (...next) => strapi.service('admin::user').updateById(id, { roles: next }),
  };
};
