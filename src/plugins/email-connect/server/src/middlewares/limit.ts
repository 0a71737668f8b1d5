import type { Core } from '@strapi/strapi';
import { answer } from '../controllers/answer';
import type { RequestContext } from '../controllers/answer';
import { reportFailure } from '../controllers/report-failures';
import { actorOf } from '../controllers/request';
import type { RequestedAction } from '../domain/limits/limit';
import { serviceOf } from '../services';

/** Before the handler of a `limited` route, once the user is known: 429 when they have asked too often. */
export const limit =
  ({ action }: { action: RequestedAction }, { strapi }: { strapi: Core.Strapi }) =>
  async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    await answer(() => serviceOf(strapi, 'limits').assertWithin(action, actorOf(ctx)))(ctx);
    const { failure } = ctx.state;
    if (failure) return reportFailure(strapi, ctx, failure);
    await next();
  };
