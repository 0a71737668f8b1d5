import type { Core } from '@strapi/strapi';
import { page } from '../../../shared/contracts/contact-ref';
import { messagePageRequest } from '../../../shared/contracts/message';
import { newsRequest } from '../../../shared/contracts/news';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { actorOf, contactOf, documentIdOf } from './request';

/** Mail of a contact: every handler first asks whether this admin user may read that contact. */
export const adminThread = ({ strapi }: { strapi: Core.Strapi }) => {
  const readableContact = async (ctx: RequestContext) => {
    const contact = contactOf(ctx);
    await serviceOf(strapi, 'access').assertMayReadContact(ctx.state.userAbility, contact);
    return contact;
  };

  /** Also an emptied thread, for users who may have it logged again. */
  const readableThread = async (ctx: RequestContext): Promise<string> => {
    const documentId = documentIdOf(ctx);
    const { userAbility } = ctx.state;
    await serviceOf(strapi, 'access').assertMayReopenThread(userAbility, documentId, actorOf(ctx));
    return documentId;
  };

  return {
    contact: answer(async (ctx) => serviceOf(strapi, 'contacts').read(await readableContact(ctx))),
    find: answer(async (ctx) =>
      serviceOf(strapi, 'threads').listOfContact(await readableContact(ctx), page.parse(ctx.query))
    ),
    findAttachments: answer(async (ctx) =>
      serviceOf(strapi, 'attachments').listOfContact(await readableContact(ctx), page.parse(ctx.query))
    ),
    findOne: answer(async (ctx) => serviceOf(strapi, 'threads').read(await readableThread(ctx))),
    findMessages: answer(async (ctx) => {
      const request = messagePageRequest.parse(ctx.query);
      return serviceOf(strapi, 'threads').readMessages(await readableThread(ctx), request);
    }),
    findMessage: answer(async (ctx) => {
      const documentId = documentIdOf(ctx);
      await serviceOf(strapi, 'access').assertMayReadMessage(ctx.state.userAbility, documentId);
      return serviceOf(strapi, 'threads').readMessage(documentId);
    }),
    news: answer((ctx) => serviceOf(strapi, 'news').after(newsRequest.parse(ctx.query).after)),
  };
};
