import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { serviceOf } from '../services';
import { answer } from './answer';
import { sendFile } from './file';

export const adminAttachment = ({ strapi }: { strapi: Core.Strapi }) => ({
  file: answer(async (ctx) => {
    const documentId = z.string().max(64).parse(ctx.params.documentId);
    const { threadDocumentId } = await serviceOf(strapi, 'attachments').read(documentId);
    await serviceOf(strapi, 'access').assertMayReadThread(ctx.state.userAbility, threadDocumentId);
    return sendFile(ctx, await serviceOf(strapi, 'attachments').open(documentId));
  }),
});
