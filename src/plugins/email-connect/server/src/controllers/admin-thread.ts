import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { contactRef, page } from '../../../shared/contracts/contact-ref';
import { newsRequest } from '../../../shared/contracts/news';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';

/** Mail as it stands on a contact: every handler first asks whether this admin user may read that contact. */
export const adminThread = ({ strapi }: { strapi: Core.Strapi }) => {
  const readableContact = async (ctx: RequestContext) => {
    const contact = contactRef.parse({
      contactType: ctx.params.contactType,
      documentId: ctx.params.documentId,
    });
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
      const documentId = z.string().max(64).parse(ctx.params.documentId);
      await serviceOf(strapi, 'access').assertMayReadThread(ctx.state.userAbility, documentId);
      return serviceOf(strapi, 'threads').read(documentId);
    }),
    news: answer((ctx) => serviceOf(strapi, 'news').after(newsRequest.parse(ctx.query).after)),
  };
};
