import type { Core } from '@strapi/strapi';
import type { PluginConfig } from '../config';
import { readerOf } from '../controllers/request';
import type { RequestContext } from '../controllers/request';
import { serviceOf } from '../services';
import type { MailReader } from '../services/access';

type Middleware = Parameters<Core.Strapi['documents']['use']>[0];

const WRITES: ReadonlySet<string> = new Set([
  'create',
  'update',
  'clone',
  'delete',
  'publish',
  'unpublish',
  'discardDraft',
]);

/** Keeps the address index right after every write to a contact, wherever it came from (P7). */
export const indexContact =
  (strapi: Core.Strapi): Middleware =>
  async (context, next) => {
    const result = await next();
    const { contactTypes } = strapi.config.get<PluginConfig>('plugin::email-connect');
    if (!WRITES.has(context.action) || !contactTypes.some(({ uid }) => uid === context.uid)) return result;
    const documentId =
      context.action === 'clone'
        ? documentIdOf(result)
        : (documentIdOf(context.params) ?? documentIdOf(result));
    if (documentId)
      await serviceOf(strapi, 'contacts').index({ contactType: context.uid, documentId }, writerOf(strapi));
    return result;
  };

/** The admin user in whose request this is written; null for a program, a public form and an import. */
const writerOf = (strapi: Core.Strapi): MailReader | null => {
  const ctx: Pick<RequestContext, 'state'> | undefined = strapi.requestContext.get();
  return ctx?.state.userAbility && ctx.state.user ? readerOf(ctx) : null;
};

/** `create` and `clone` name the new document only in their results. */
const documentIdOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'documentId' in value && typeof value.documentId === 'string'
    ? value.documentId
    : null;
