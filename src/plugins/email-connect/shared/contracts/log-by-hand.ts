import { z } from 'zod';
import { contactRef } from './contact-ref';
import { location } from './location';

/**
 * "Log it now": this message and the mail that answers it; into this conversation when one is named. `contact`: the
 * contact that it is put on, although none of its addresses is on the mail. Without one it is logged only if it stands
 * on a contact by itself, else the answer is CONTACT_MISSING (S45).
 */
export const logByHandRequest = z.object({
  location,
  threadDocumentId: z.string().min(1).max(64).nullable().default(null),
  contact: contactRef.nullable().default(null),
});
export type LogByHandRequest = z.infer<typeof logByHandRequest>;

export const logByHandAnswer = z.object({ threadDocumentId: z.string() });
export type LogByHandAnswer = z.infer<typeof logByHandAnswer>;
