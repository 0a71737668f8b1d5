import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import type { RequestContext } from '../controllers/answer';
import { serviceOf } from '../services';
import { mayNotOverride } from '../services/on-record';
import { passes } from './passes';

const id = z.union([z.string(), z.number()]);
/** Only who was given this very scope: a token for all of a site's content was not. */
const scopedToken = z.object({
  strategy: z.object({ name: z.literal('content-api-token') }),
  credentials: z.object({ type: z.literal('custom'), id }),
});
const siteUser = z.object({
  strategy: z.object({ name: z.literal('users-permissions') }),
  credentials: z.object({ id }),
});

/** What goes on record is the mail that is asked for: relations would lead to the rest of its conversation. */
const askedForOne = z.object({
  params: z.object({ id: z.string().regex(/^[a-z0-9]{1,64}$/i) }),
  query: z.object({
    populate: z
      .union([
        z.literal('attachments'),
        z.tuple([z.literal('attachments')]),
        z.strictObject({ attachments: z.literal('true') }),
      ])
      .optional(),
  }),
});

/** Before a handler that reads mail whatever its level, for programs: on record, each time. */
export const override =
  (_config: unknown, { strapi }: { strapi: Core.Strapi }) =>
  async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    const check = async () => {
      const documentId = programOf(ctx);
      if (documentId === null) throw mayNotOverride();
      const subject = ctx.params.id === undefined ? 'all mail' : askedForOne.parse(ctx).params.id;
      await serviceOf(strapi, 'access').override({ documentId, mayOverride: true }, subject);
    };
    if (await passes(strapi, ctx, check)) await serviceOf(strapi, 'levels').unnarrowed(next);
  };

const programOf = ({ state: { auth } }: RequestContext): string | null => {
  const token = scopedToken.safeParse(auth).data;
  if (token) return `API token ${token.credentials.id}`;
  const user = siteUser.safeParse(auth).data;
  return user ? `user ${user.credentials.id}` : null;
};
