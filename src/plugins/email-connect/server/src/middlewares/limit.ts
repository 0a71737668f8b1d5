import type { Core } from '@strapi/strapi';
import type { RequestContext } from '../controllers/answer';
import { actorOf } from '../controllers/request';
import type { RequestedAction } from '../domain/limits/limit';
import { serviceOf } from '../services';
import { passes } from './passes';

/** Before the handler of a `limited` route, once the user is known: 429 when they have asked too often. */
export const limit =
  ({ action }: { action: RequestedAction }, { strapi }: { strapi: Core.Strapi }) =>
  async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    const check = () => serviceOf(strapi, 'limits').assertWithin(action, actorOf(ctx));
    if (await passes(strapi, ctx, check)) await next();
  };
