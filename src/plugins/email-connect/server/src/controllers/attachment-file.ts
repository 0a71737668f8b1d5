import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { serviceOf } from '../services';
import { answer } from './answer';
import { sendFile } from './file';

/** The bytes of a file, for tokens and users that hold `attachment-file.findOne`. */
export const attachmentFile = ({ strapi }: { strapi: Core.Strapi }) => ({
  findOne: answer(async (ctx) =>
    sendFile(ctx, await serviceOf(strapi, 'attachments').open(z.string().max(64).parse(ctx.params.id)))
  ),
});
