import type { Core } from '@strapi/strapi';
import type { RequestContext } from './answer';
import { hasScreensOfOurs, isClosed, leadsToOurs, modelsOf } from './leads-to-ours';

type Handler = (ctx: RequestContext) => unknown;
/** The Content Manager's handlers that put records into an order. */
export interface ListHandlers {
  find: Handler;
  bulkFindForValidation: Handler;
}

/**
 * An order by what mail and inboxes hold would tell it (S33). Of an order of a list that is one word Strapi keeps what it
 * means to leave out, of a list of words it does not. The order of records that are looked through before they are
 * published it takes as it comes: where they lead to mail or inboxes, they are put in order by their own fields only. And a search in a list of mail or
 * inboxes itself would look into what the list leaves out.
 */
export const plainOrder = <Handlers extends ListHandlers>(
  strapi: Pick<Core.Strapi, 'getModel'>,
  handlers: Handlers
): Handlers => {
  const modelOf = modelsOf(strapi);
  const leads = ({ params }: RequestContext) => leadsToOurs(modelOf, params.model ?? '');
  return {
    ...handlers,
    find: (ctx: RequestContext) => {
      const { query } = ctx;
      const model = modelOf(ctx.params.model ?? '');
      if (typeof query.sort === 'string' && leads(ctx)) query.sort = query.sort.split(',');
      if (model && hasScreensOfOurs(model)) delete query._q;
      return handlers.find(ctx);
    },
    bulkFindForValidation: (ctx: RequestContext) => {
      const body: unknown = ctx.request.body;
      if (typeof body === 'object' && body !== null && 'sort' in body && leads(ctx)) {
        const model = modelOf(ctx.params.model ?? '');
        body.sort = wordsOf(body.sort).filter((word) => {
          const [path = ''] = word.split(':');
          return !path.includes('.') && !isClosed(model, path);
        });
      }
      return handlers.bulkFindForValidation(ctx);
    },
  };
};

/** An order in its words, `title:asc`; one in another form is left out. */
const wordsOf = (sort: unknown): string[] =>
  [sort]
    .flat()
    .flatMap((part) => (typeof part === 'string' ? part.split(',').map((word) => word.trim()) : []));
