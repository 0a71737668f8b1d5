import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { sendMessageRequest, settleMessageRequest } from '../../../shared/contracts/message';
import type { SendMessageAnswer } from '../../../shared/contracts/message';
import { EmailConnectError } from '../domain/errors';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { actorOf, documentIdOf } from './request';

/** A multipart part as Strapi's body parser leaves it: already on disk. */
const uploadedFile = z.object({
  filepath: z.string(),
  originalFilename: z.string().max(255).nullish(),
  mimetype: z.string().max(255).nullish(),
});

const filesOf = (ctx: RequestContext) => {
  const parts = ctx.request.files?.files ?? [];
  return z
    .array(uploadedFile)
    .max(100)
    .parse(Array.isArray(parts) ? parts : [parts])
    .map((file) => ({
      fileName: file.originalFilename ?? 'file',
      contentType: file.mimetype ?? 'application/octet-stream',
      filepath: file.filepath,
      content: createReadStream(file.filepath),
    }));
};

type UploadedFile = ReturnType<typeof filesOf>[number];

const formOf = (ctx: RequestContext) => {
  const { data } = z.object({ data: z.string() }).parse(ctx.request.body);
  try {
    return sendMessageRequest.parse(JSON.parse(data));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new EmailConnectError(
      'INPUT_INVALID',
      'The field `data` is not JSON.',
      'Send the message as JSON in the field `data`.'
    );
  }
};

export const adminMessage = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => serviceOf(strapi, 'messages');

  /** Which mail, once it is certain that this admin user may see it. */
  const messageFor = async (ctx: RequestContext, action: string): Promise<string> => {
    const documentId = documentIdOf(ctx);
    const may = serviceOf(strapi, 'access');
    const attempt = { action, actor: actorOf(ctx).documentId, subject: documentId };
    await may.orOnRecord(attempt, may.assertMayReadMessage(ctx.state.userAbility, documentId));
    return documentId;
  };

  return {
    send: answer(async (ctx): Promise<SendMessageAnswer> => {
      const { key, ...form } = formOf(ctx);
      await serviceOf(strapi, 'access').assertMayReadContact(ctx.state.userAbility, form.contact);
      if (form.answersDocumentId !== null) {
        // An answer puts its whole conversation on the record it is written from.
        await serviceOf(strapi, 'access').assertMayReadMessage(ctx.state.userAbility, form.answersDocumentId);
      }
      const files = filesOf(ctx);
      return service().send({
        ...form,
        senderDocumentId: actorOf(ctx).documentId,
        files,
        press: { key, contentHash: await contentHash(form, files) },
      });
    }),
    cancel: answer(async (ctx) => service().cancel(await messageFor(ctx, 'message.cancelled'), actorOf(ctx))),
    release: answer(async (ctx) =>
      service().release(await messageFor(ctx, 'message.released'), actorOf(ctx))
    ),
    settle: answer(async (ctx) => {
      const settled = settleMessageRequest.parse(ctx.request.body);
      return service().settle(await messageFor(ctx, 'message.settled'), settled, actorOf(ctx));
    }),
  };
};

/** All that was written and attached, so that a repeated press is known from another mail under the same key (S51). */
const contentHash = async (form: object, files: readonly UploadedFile[]): Promise<string> => {
  const hash = createHash('sha256').update(JSON.stringify(form));
  for (const { fileName, contentType, filepath } of files) {
    hash.update(JSON.stringify([fileName, contentType]));
    for await (const chunk of createReadStream(filepath)) hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
};
