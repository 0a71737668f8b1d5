import type { Core } from '@strapi/strapi';
import { page } from '../../../shared/contracts/contact-ref';
import { newsRequest } from '../../../shared/contracts/news';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { actorOf, contactOf, documentIdOf } from './request';

/** Mail as it stands on a contact: every handler first asks whether this admin user may read that contact. */
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
    findOne: answer(async (ctx) => {
      const documentId = documentIdOf(ctx);
      await serviceOf(strapi, 'access').assertMayReopenThread(
        ctx.state.userAbility,
        documentId,
        actorOf(ctx)
      );
      return serviceOf(strapi, 'threads').read(documentId);
    }),
    news: answer((ctx) => serviceOf(strapi, 'news').after(newsRequest.parse(ctx.query).after)),
  };
};
