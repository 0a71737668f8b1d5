import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { sendFile } from './file';

/** The bytes of a file of any mail: who asks is on record. */
export const overrideAttachmentFile = ({ strapi }: { strapi: Core.Strapi }) => ({
  findOne: answer(async (ctx) => sendFile(ctx, await serviceOf(strapi, 'attachments').open(idOf(ctx)))),
});

/** The bytes of a file, for tokens and users that hold `attachment-file.findOne`. */
export const attachmentFile = ({ strapi }: { strapi: Core.Strapi }) => ({
  findOne: answer(async (ctx) => {
    const documentId = idOf(ctx);
    const { messageDocumentId } = await serviceOf(strapi, 'attachments').read(documentId);
    await serviceOf(strapi, 'access').assertToldToPrograms(messageDocumentId);
    return sendFile(ctx, await serviceOf(strapi, 'attachments').open(documentId));
  }),
});

const idOf = ({ params }: RequestContext): string => z.string().max(64).parse(params.id);
