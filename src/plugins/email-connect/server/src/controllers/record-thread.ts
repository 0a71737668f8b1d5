import type { Core } from '@strapi/strapi';
import { page } from '../../../shared/contracts/contact-ref';
import { serviceOf } from '../services';
import { answer } from './answer';
import { contactOf } from './request';
import { mayReadWords } from './words';

/** The conversations of any record that the site uses as a contact, newest first; NOT_FOUND for any other record. */
export const recordThread = ({ strapi }: { strapi: Core.Strapi }) => ({
  find: answer(async (ctx) => {
    const contact = contactOf(ctx);
    const { start, limit } = page.parse(ctx.query);
    await serviceOf(strapi, 'contacts').read(contact);
    const { threads, total } = await serviceOf(strapi, 'threads').listOfContact(contact, { start, limit });
    const readsWords = await mayReadWords(strapi, ctx.state.auth);
    const data = readsWords ? threads : threads.map(({ preview: _, ...facts }) => facts);
    return { data, meta: { pagination: { start, limit, total } } };
  }),
});
