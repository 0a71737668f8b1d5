import { z } from 'zod';
import { address } from './address';

/** One message in one folder of an inbox (RFC 3501 2.3.1.1). */
export const location = z.object({
  folderPath: z.string().min(1).max(1000),
  /** With another uidValidity the UID means another message. '' where the server gives none. */
  uidValidity: z.string().max(20),
  imapUid: z.number().int().min(1).max(4_294_967_295),
});
export type MessageLocation = z.infer<typeof location>;

/** What a page shows about a message that is not logged: read from the mailbox at that moment, and kept nowhere. */
export const glimpse = z.object({
  from: z.array(address),
  to: z.array(address),
  subject: z.string(),
  sentAt: z.string().nullable(),
  receivedAt: z.string(),
});
export type Glimpse = z.infer<typeof glimpse>;
