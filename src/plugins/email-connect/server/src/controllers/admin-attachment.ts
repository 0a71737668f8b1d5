import type { Core } from '@strapi/strapi';
import { serviceOf } from '../services';
import { answer } from './answer';
import { sendFile } from './file';
import { documentIdOf } from './request';

export const adminAttachment = ({ strapi }: { strapi: Core.Strapi }) => ({
  file: answer(async (ctx) => {
    const documentId = documentIdOf(ctx);
    const { threadDocumentId } = await serviceOf(strapi, 'attachments').read(documentId);
    await serviceOf(strapi, 'access').assertMayReadThread(ctx.state.userAbility, threadDocumentId);
    return sendFile(ctx, await serviceOf(strapi, 'attachments').open(documentId));
  }),
});
