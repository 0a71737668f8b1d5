import { z } from 'zod';
import { contactRef } from './contact-ref';

/** A long poll: answers as soon as something happened after `after`, or after 25 s with nothing. */
export const newsRequest = z.object({
  /**
   * The cursor of the last answer, valid in every process; '' at first, which is answered at once with the present
   * cursor.
   */
  after: z.string().max(1024).default(''),
});

export const newsItem = z.object({
  kind: z.enum([
    'message.received',
    'message.sent',
    'message.failed',
    'message.changed',
    'message.bounced',
    'inbox.recovered',
    'inbox.changed',
    'access.asked',
    'access.answered',
  ]),
  inboxDocumentId: z.string(),
  threadDocumentId: z.string().nullable(),
  /** null for news of an inbox, and from earlier versions. */
  messageDocumentId: z.string().nullable().default(null),
  contacts: z.array(contactRef),
  /** Nobody but this admin user is told; left out: whoever sees what it is about. */
  userDocumentId: z.string().optional(),
});
export type NewsItem = z.infer<typeof newsItem>;

export const news = z.object({
  cursor: z.string(),
  items: z.array(newsItem),
  /**
   * Some news are not in `items`: the page was away for too long, or news were lost. The page has to load everything
   * anew.
   */
  mayHaveMissed: z.boolean(),
});
export type News = z.infer<typeof news>;
