import { z } from 'zod';

/** A record of any content type that the site uses as a contact. */
export const contactRef = z.object({
  /** A content type's uid, `api::person.person`. */
  contactType: z.string().regex(/^(api|plugin)::[a-z0-9-]+\.[a-z0-9-]+$/),
  documentId: z.string().min(1).max(64),
});
export type ContactRef = z.infer<typeof contactRef>;

/** `start` and `limit` count rows, as in Strapi's own pagination. */
export const page = z.object({
  start: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type Page = z.infer<typeof page>;
