import type { Core } from '@strapi/strapi';
import type { PluginConfig } from '../config';
import { serviceOf } from '../services';

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
    const documentId = documentIdOf(context.params) ?? documentIdOf(result);
    if (documentId) await serviceOf(strapi, 'contacts').index({ contactType: context.uid, documentId });
    return result;
  };

/** `create` names the document only in its result. */
const documentIdOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'documentId' in value && typeof value.documentId === 'string'
    ? value.documentId
    : null;
