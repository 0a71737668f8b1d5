import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { sendMessageRequest, settleMessageRequest } from '../../../shared/contracts/message';
import type { SendMessageAnswer } from '../../../shared/contracts/message';
import { EmailConnectError } from '../domain/errors';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { actorOf, documentIdOf, readerOf } from './request';
import { contentHash, filesOf, withUploads } from './uploaded-files';

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

  /** The mail, once it is certain that this admin user may see it. */
  const messageFor = async (ctx: RequestContext, action: string): Promise<string> => {
    const documentId = documentIdOf(ctx);
    const may = serviceOf(strapi, 'access');
    const attempt = { action, actor: actorOf(ctx).documentId, subject: documentId };
    await may.orOnRecord(attempt, may.assertMayReadMessage(readerOf(ctx), documentId));
    return documentId;
  };

  const send = async (ctx: RequestContext): Promise<SendMessageAnswer> => {
    const { key, ...form } = formOf(ctx);
    const may = serviceOf(strapi, 'access');
    await may.assertMayReadContact(ctx.state.userAbility, form.contact);
    if (form.answersDocumentId !== null) {
      await may.assertMayReadMessage(readerOf(ctx), form.answersDocumentId);
    }
    const files = filesOf(ctx);
    return service().send({
      ...form,
      senderDocumentId: actorOf(ctx).documentId,
      files,
      press: { key, hashContent: () => contentHash(form, files) },
    });
  };

  return {
    send: answer((ctx) => withUploads(ctx, () => send(ctx))),
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
