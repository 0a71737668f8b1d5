import type { Core } from '@strapi/strapi';
import type { PluginConfig } from '../config';
import { serviceOf } from '../services';
import type { MailReader } from '../services/mail-reader';
import { documentIdIn, writerOf } from './writer';

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

/** These name the new document only in their results. */
const MAKES_ANOTHER: ReadonlySet<string> = new Set(['create', 'clone']);

/**
 * Keeps the address index right after every write to a contact, wherever it came from (P7). An address that stands on
 * the record before is not of whoever saves it now: a query or a relation may have brought it there past this (S41).
 */
export const indexContact =
  (strapi: Core.Strapi): Middleware =>
  async (context, next) => {
    const { contactTypes } = strapi.config.get<PluginConfig>('plugin::email-connect');
    const { action, uid: contactType } = context;
    if (!WRITES.has(action) || !contactTypes.some(({ uid }) => uid === contactType)) return next();
    const index = (documentId: string, writer: MailReader | null): Promise<void> =>
      serviceOf(strapi, 'contacts').index({ contactType, documentId }, writer);
    const before = MAKES_ANOTHER.has(action) ? null : documentIdIn(context.params);
    if (before) await index(before, null);
    const result = await next();
    const written = before ?? documentIdIn(result);
    if (written) await index(written, writerOf(strapi));
    return result;
  };
