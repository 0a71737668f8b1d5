import type { Core } from '@strapi/strapi';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { sendFile } from './file';
import { asksToOverride, documentIdOf, overriderOf, readerOf } from './request';

export const adminAttachment = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => serviceOf(strapi, 'attachments');

  /** NOT_FOUND unless this admin user may see the mail that the file came with. */
  const readableOf = async (ctx: RequestContext): Promise<string> => {
    const documentId = documentIdOf(ctx);
    const may = serviceOf(strapi, 'access');
    if (asksToOverride(ctx)) await may.override(overriderOf(ctx), documentId);
    else await may.assertMayReadFile(readerOf(ctx), documentId);
    return documentId;
  };

  return {
    file: answer(async (ctx) => sendFile(ctx, await service().open(await readableOf(ctx)))),
    fetch: answer(async (ctx) => service().fetchAgain(await readableOf(ctx))),
  };
};
