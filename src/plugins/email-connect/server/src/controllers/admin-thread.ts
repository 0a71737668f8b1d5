import type { Core } from '@strapi/strapi';
import { confirmAddressRequest } from '../../../shared/contracts/contact';
import { page } from '../../../shared/contracts/contact-ref';
import { messagePageRequest } from '../../../shared/contracts/message';
import { newsRequest } from '../../../shared/contracts/news';
import type { RecordReader } from '../domain/access/sight';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { asksToOverride, contactOf, documentIdOf, overriderOf, readerOf } from './request';

/** Logged mail: every handler first asks what this admin user may see of it. */
export const adminThread = ({ strapi }: { strapi: Core.Strapi }) => {
  const readableContact = async (ctx: RequestContext) => {
    const contact = contactOf(ctx);
    await serviceOf(strapi, 'access').assertMayReadContact(ctx.state.userAbility, contact);
    return contact;
  };
  const override = (ctx: RequestContext) =>
    serviceOf(strapi, 'access').override(overriderOf(ctx), documentIdOf(ctx));

  const recordReaderOf = async (ctx: RequestContext): Promise<RecordReader> => {
    const reader = await serviceOf(strapi, 'access').recordReader(readerOf(ctx));
    if (!asksToOverride(ctx)) return reader;
    await override(ctx);
    return { ...reader, overrides: true };
  };

  return {
    contact: answer(async (ctx) =>
      serviceOf(strapi, 'contacts').read(await readableContact(ctx), readerOf(ctx))
    ),
    findUnconfirmed: answer((ctx) =>
      serviceOf(strapi, 'contacts').listUnconfirmed(page.parse(ctx.query), readerOf(ctx))
    ),
    confirmAddress: answer(async (ctx) => {
      const { address } = confirmAddressRequest.parse(ctx.request.body);
      const contact = await readableContact(ctx);
      await serviceOf(strapi, 'contacts').confirm(contact, address, readerOf(ctx));
      return serviceOf(strapi, 'contacts').read(contact, readerOf(ctx));
    }),
    find: answer(async (ctx) =>
      serviceOf(strapi, 'threads').listOfContact(
        await readableContact(ctx),
        page.parse(ctx.query),
        await recordReaderOf(ctx)
      )
    ),
    findAttachments: answer(async (ctx) =>
      serviceOf(strapi, 'attachments').listOfContact(
        await readableContact(ctx),
        page.parse(ctx.query),
        await recordReaderOf(ctx)
      )
    ),
    findOne: answer(async (ctx) => {
      const documentId = documentIdOf(ctx);
      if (!asksToOverride(ctx)) return serviceOf(strapi, 'threads').open(documentId, readerOf(ctx));
      await override(ctx);
      return { ...(await serviceOf(strapi, 'threads').read(documentId)), continuedBy: [] };
    }),
    findMessages: answer(async (ctx) => {
      const request = messagePageRequest.parse(ctx.query);
      const documentId = documentIdOf(ctx);
      const sight = asksToOverride(ctx)
        ? await override(ctx)
        : await serviceOf(strapi, 'access').sightOfThread(readerOf(ctx), documentId);
      return serviceOf(strapi, 'threads').readMessages(documentId, request, sight);
    }),
    findMessage: answer(async (ctx) => {
      const documentId = documentIdOf(ctx);
      const sight = asksToOverride(ctx)
        ? await override(ctx)
        : await serviceOf(strapi, 'access').sightOfMessage(readerOf(ctx), documentId);
      return serviceOf(strapi, 'threads').readMessage(documentId, sight);
    }),
    news: answer((ctx) =>
      serviceOf(strapi, 'news').after(newsRequest.parse(ctx.query).after, {
        ...readerOf(ctx),
        readsInboxes: ctx.state.userAbility?.can('plugin::email-connect.inboxes.read') ?? false,
      })
    ),
  };
};
