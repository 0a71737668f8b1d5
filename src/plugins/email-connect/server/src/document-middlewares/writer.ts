import type { Core } from '@strapi/strapi';
import { readerOf } from '../controllers/request';
import type { RequestContext } from '../controllers/request';
import type { MailReader } from '../services/mail-reader';

/** The admin user in whose request something is written; null for a program, a public form and an import. */
export const writerOf = (strapi: Core.Strapi): MailReader | null => {
  const ctx: Pick<RequestContext, 'state'> | undefined = strapi.requestContext.get();
  return ctx?.state.userAbility && ctx.state.user ? readerOf(ctx) : null;
};

export const documentIdIn = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'documentId' in value && typeof value.documentId === 'string'
    ? value.documentId
    : null;
