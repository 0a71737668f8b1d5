import { factories } from '@strapi/strapi';
import type { Core, UID } from '@strapi/strapi';
import { z } from 'zod';
import { withoutBodies } from './without-bodies';
import { explained, mayReadWords, openedFields, withOpened } from './words';

/** What Strapi's own controllers go by. */
const restContext = z.object({
  query: z.record(z.string(), z.unknown()),
  params: z.object({ id: z.string().optional() }),
  state: z.object({ auth: z.unknown(), route: z.custom<object>() }),
});

/** Strapi's own controller for one of our content types, as far as the caller may read it; its lists load no bodies. */
export const contentRecords = (uid: UID.ContentType) =>
  factories.createCoreController(uid, ({ strapi }) => ({
    async validateQuery(ctx) {
      const { query, model, options } = await asSeen(strapi, uid, ctx);
      try {
        await strapi.contentAPI.validate.query(query, model, options);
      } catch (error) {
        throw explained(error);
      }
    },
    async sanitizeQuery(ctx) {
      const { query, model, options, asksForOne } = await asSeen(strapi, uid, ctx);
      const sanitized = await strapi.contentAPI.sanitize.query(query, model, options);
      return withoutBodies((one) => strapi.getModel(one as UID.ContentType), uid, sanitized, !asksForOne);
    },
    async sanitizeOutput(data: unknown, ctx: unknown) {
      const { model, options } = await asSeen(strapi, uid, ctx);
      return strapi.contentAPI.sanitize.output(data, model, { auth: options.auth });
    },
  }));

/** The request, and the content type as its caller may see it. */
const asSeen = async (strapi: Core.Strapi, uid: UID.ContentType, ctx: unknown) => {
  const { query, params, state } = restContext.parse(ctx);
  const asksForOne = params.id !== undefined;
  const readsWords = await mayReadWords(strapi, state.auth);
  const strictParams = strapi.config.get<boolean>('api.rest.strictParams', false);
  return {
    query,
    asksForOne,
    model: withOpened(strapi.contentType(uid), openedFields(uid, { readsWords, asksForOne })),
    options: { ...state, strictParams },
  };
};
