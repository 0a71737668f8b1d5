import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { answer } from '../controllers/answer';
import type { RequestContext } from '../controllers/answer';
import { serviceOf } from '../services';

/** Every API token of the content API that is not limited to scopes; roles of users have a strategy of their own. */
const siteToken = z.object({
  strategy: z.object({ name: z.literal('content-api-token') }),
  credentials: z.object({ type: z.string().nullable() }).refine(({ type }) => type !== 'custom'),
});

/** Before every handler of the content API: 403 for tokens that the site did not let read mail. */
export const siteTokens =
  (_config: unknown, { strapi }: { strapi: Core.Strapi }) =>
  async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    if (siteToken.safeParse(ctx.state.auth).success)
      await answer(() => serviceOf(strapi, 'site-tokens').assertMayRead())(ctx);
    if (!ctx.state.failure) await next();
  };
