import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import type { RequestContext } from '../controllers/answer';
import { serviceOf } from '../services';
import { passes } from './passes';

/** Every API token of the content API that is not limited to scopes; roles of users have a strategy of their own. */
const siteToken = z.object({
  strategy: z.object({ name: z.literal('content-api-token') }),
  credentials: z.object({ type: z.string().nullable() }).refine(({ type }) => type !== 'custom'),
});

/** Before every handler of the content API: 403 for tokens that the site did not let read mail. */
export const siteTokens =
  (_config: unknown, { strapi }: { strapi: Core.Strapi }) =>
  async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    const isFree = !siteToken.safeParse(ctx.state.auth).success;
    const check = () => serviceOf(strapi, 'site-tokens').assertMayRead();
    if (isFree || (await passes(strapi, ctx, check))) await next();
  };
