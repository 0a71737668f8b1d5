import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { PluginConfig } from '../config';
import { toEmailConnectError } from '../domain/errors';
import { serviceOf } from '../services';
import { documentIdIn, writerOf } from './writer';

type Middleware = Parameters<Core.Strapi['documents']['use']>[0];
type Context = Parameters<Middleware>[0];

/**
 * Refuses an admin user who makes a version of a contact that they may not read (S40). Whoever reads one version sees
 * the mail of the record, and a role may read what it made: Strapi lets them add a language to any record whose id they
 * know, and make a row of their own one of it by sending that id along.
 */
export const checkVersion =
  (strapi: Core.Strapi): Middleware =>
  async (context, next) => {
    const { contactTypes } = strapi.config.get<PluginConfig>('plugin::email-connect');
    const writer = contactTypes.some(({ uid }) => uid === context.uid) ? writerOf(strapi) : null;
    const documentId = writer && (await joinedBy(strapi, context));
    const access = serviceOf(strapi, 'access');
    if (writer && documentId && !(await access.readsAllRecords(writer.userAbility))) {
      await access
        .assertMayReadContact(writer.userAbility, { contactType: context.uid, documentId })
        .catch((error: unknown) => {
          throw asNotFound(error);
        });
    }
    return next();
  };

/** The record that gets a version by this write; null: none, or one that is made by it. */
const joinedBy = async (strapi: Core.Strapi, { action, uid, params }: Context): Promise<string | null> => {
  if (action !== 'create' && action !== 'update') return null;
  const own = action === 'update' ? documentIdIn(params) : null;
  const sent: unknown = 'data' in params ? Reflect.get(Object(params.data), 'documentId') : null;
  // In whichever form: the database is given it as text.
  const named = sent === null || sent === undefined ? own : String(sent);
  if (named !== own || own === null) return named;
  const type = strapi.contentType(uid);
  const i18n = strapi.plugin('i18n');
  if (!i18n?.service('content-types').isLocalizedContentType(type)) return null;
  const asked: unknown = Reflect.get(params, 'locale');
  const locale: unknown = asked || (await i18n.service('locales').getDefaultLocale());
  const there: unknown = await strapi.db
    .query(uid)
    .findOne({ where: { documentId: own, locale }, select: ['id'] });
  return there ? null : own;
};

const asNotFound = (error: unknown): Error => {
  const { code, message, nextStep } = toEmailConnectError(error);
  return new errors.NotFoundError(message, { code, nextStep, detail: '' });
};
