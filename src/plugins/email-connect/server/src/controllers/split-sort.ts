import type { Core } from '@strapi/strapi';
import type { RequestContext } from './answer';
import { leadsToOurs, modelsOf } from './leads-to-ours';

/** The Content Manager's handler of a list of records. */
export interface ListHandlers {
  find: (ctx: RequestContext) => unknown;
}

/**
 * Of an order that is one word Strapi keeps what it means to leave out, of a list of words it does not: an order by what
 * mail and inboxes hold would tell it (S33).
 */
export const splitSort = <Handlers extends ListHandlers>(
  strapi: Pick<Core.Strapi, 'getModel'>,
  handlers: Handlers
): Handlers => ({
  ...handlers,
  find: (ctx: RequestContext) => {
    const { params, query } = ctx;
    if (typeof query.sort === 'string' && leadsToOurs(modelsOf(strapi), params.model ?? ''))
      query.sort = query.sort.split(',');
    return handlers.find(ctx);
  },
});
