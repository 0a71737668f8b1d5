import type { Context, Next } from 'koa';

/** Stands before everything that Strapi does with a request. */
export type Bypass = (ctx: Context, next: Next) => Promise<unknown>;

/** What a route does that forgets its duty. */
export const bypasses = {
  /** It takes everybody for somebody who sees more. */
  forgetsWhoAsks:
    (token: string): Bypass =>
    (ctx, next) => {
      ctx.request.headers.authorization = `Bearer ${token}`;
      return next();
    },

  /** Its answers tell a word of a mail that nobody may see. */
  tells:
    (word: string): Bypass =>
    async (ctx, next) => {
      await next();
      const { body } = ctx;
      if (typeof body === 'object' && body !== null && !('pipe' in body)) {
        // Strapi makes the text of an answer of what stands here when all is over.
        ctx.body = JSON.stringify({ ...body, planted: word });
        ctx.type = 'application/json';
      } else ctx.set('x-planted', word);
    },

  /** It refuses whoever asks. */
  refuses: (): Bypass => async (ctx) => {
    ctx.status = 404;
    ctx.body = {};
  },
} satisfies Record<string, (word: string) => Bypass>;

export type BypassName = keyof typeof bypasses;
