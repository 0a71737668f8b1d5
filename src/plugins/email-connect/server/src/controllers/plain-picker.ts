import type { Core } from '@strapi/strapi';
import type { RequestContext } from './answer';
import { leadsToOurs, modelsOf } from './leads-to-ours';

/** What the Content Manager's own picker of related records sends. */
const PICKER: ReadonlySet<string> = new Set([
  'component',
  'id',
  '_q',
  '_filter',
  'idsToOmit',
  'idsToInclude',
  'page',
  'pageSize',
  'locale',
  'status',
  'plugins',
]);

type Handler = (ctx: RequestContext) => unknown;
/** The Content Manager's handlers that follow a relation. */
export interface RelationHandlers {
  findAvailable: Handler;
  findExisting: Handler;
}

/**
 * The Content Manager answers the records that may be related just as the database gives them: `fields=*` brings whole
 * rows, `populate` those behind them (S33). Where they lead to mail or inboxes, only what its own picker asks for is
 * asked.
 */
export const plainPicker = <Handlers extends RelationHandlers>(
  strapi: Pick<Core.Strapi, 'getModel'>,
  handlers: Handlers
): Handlers => {
  const modelOf = modelsOf(strapi);
  const plainly =
    (name: keyof RelationHandlers): Handler =>
    (ctx) => {
      const { params, query } = ctx;
      const target = modelOf(params.model ?? '')?.attributes[params.targetField ?? '']?.target;
      if (target !== undefined && leadsToOurs(modelOf, target))
        for (const asked of Object.keys(query)) if (!PICKER.has(asked)) Reflect.deleteProperty(query, asked);
      return handlers[name](ctx);
    };
  return { ...handlers, findAvailable: plainly('findAvailable'), findExisting: plainly('findExisting') };
};
