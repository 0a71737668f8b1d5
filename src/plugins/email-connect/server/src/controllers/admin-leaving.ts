import type { Core } from '@strapi/strapi';
import { page } from '../../../shared/contracts/contact-ref';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import { deletionChoice } from '../../../shared/contracts/deletion';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { contactOf, readerOf } from './request';

/** What is asked before a contact's record is deleted, of whoever may do that; and mail that stands on no record. */
export const adminLeaving = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => serviceOf(strapi, 'leaving');

  const contactToDelete = async (ctx: RequestContext): Promise<ContactRef> => {
    const contact = contactOf(ctx);
    const { documentId: actor } = readerOf(ctx);
    await serviceOf(strapi, 'access').orOnRecord(
      { action: 'contact.left', actor, subject: contact.documentId },
      service().assertMayDecide(readerOf(ctx), contact)
    );
    return contact;
  };

  return {
    ask: answer(async (ctx) => service().ask(await contactToDelete(ctx), readerOf(ctx))),
    choose: answer(async (ctx) => {
      const choice = deletionChoice.parse(ctx.request.body);
      await service().choose(await contactToDelete(ctx), choice, readerOf(ctx));
      return {};
    }),
    findUnassigned: answer(async (ctx) => service().listUnassigned(page.parse(ctx.query), readerOf(ctx))),
  };
};
