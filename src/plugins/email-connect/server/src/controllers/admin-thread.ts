import type { Core } from '@strapi/strapi';
import { page } from '../../../shared/contracts/contact-ref';
import { messagePageRequest } from '../../../shared/contracts/message';
import { newsRequest } from '../../../shared/contracts/news';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { contactOf, documentIdOf, readerOf } from './request';

/** Logged mail: every handler first asks what this admin user may see of it. */
export const adminThread = ({ strapi }: { strapi: Core.Strapi }) => {
  const readableContact = async (ctx: RequestContext) => {
    const contact = contactOf(ctx);
    await serviceOf(strapi, 'access').assertMayReadContact(ctx.state.userAbility, contact);
    return contact;
  };

  return {
    contact: answer(async (ctx) => serviceOf(strapi, 'contacts').read(await readableContact(ctx))),
    find: answer(async (ctx) =>
      serviceOf(strapi, 'threads').listOfContact(await readableContact(ctx), page.parse(ctx.query))
    ),
    findAttachments: answer(async (ctx) =>
      serviceOf(strapi, 'attachments').listOfContact(await readableContact(ctx), page.parse(ctx.query))
    ),
    findOne: answer((ctx) => serviceOf(strapi, 'access').readThread(readerOf(ctx), documentIdOf(ctx))),
    findMessages: answer(async (ctx) => {
      const request = messagePageRequest.parse(ctx.query);
      const documentId = documentIdOf(ctx);
      const sight = await serviceOf(strapi, 'access').sightOfThread(readerOf(ctx), documentId);
      return serviceOf(strapi, 'threads').readMessages(documentId, request, sight);
    }),
    findMessage: answer(async (ctx) => {
      const documentId = documentIdOf(ctx);
      const sight = await serviceOf(strapi, 'access').sightOfMessage(readerOf(ctx), documentId);
      return serviceOf(strapi, 'threads').readMessage(documentId, sight);
    }),
    news: answer((ctx) => serviceOf(strapi, 'news').after(newsRequest.parse(ctx.query).after)),
  };
};
