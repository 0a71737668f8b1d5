import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { sendMessageRequest } from '../../../shared/contracts/message';
import type { SendMessageAnswer } from '../../../shared/contracts/message';
import { EmailConnectError } from '../domain/errors';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { actorOf } from './request';
import { filesOf, withUploads } from './uploaded-files';

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

export const adminMessage = ({ strapi }: { strapi: Core.Strapi }) => ({
  send: answer((ctx) => withUploads(ctx, () => send(strapi, ctx))),
});

const send = async (strapi: Core.Strapi, ctx: RequestContext): Promise<SendMessageAnswer> => {
  const form = formOf(ctx);
  await serviceOf(strapi, 'access').assertMayReadContact(ctx.state.userAbility, form.contact);
  if (form.answersDocumentId !== null) {
    // An answer puts its whole conversation on the record it is written from.
    await serviceOf(strapi, 'access').assertMayReadMessage(ctx.state.userAbility, form.answersDocumentId);
  }
  return serviceOf(strapi, 'messages').send({
    ...form,
    senderDocumentId: actorOf(ctx).documentId,
    files: filesOf(ctx),
  });
};
