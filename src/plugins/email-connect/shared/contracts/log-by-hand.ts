import { z } from 'zod';
import { location } from './location';

/** "Log it now": this message and the mail that answers it; into this conversation when one is named. */
export const logByHandRequest = z.object({
  location,
  threadDocumentId: z.string().min(1).max(64).nullable().default(null),
});
export type LogByHandRequest = z.infer<typeof logByHandRequest>;

export const logByHandAnswer = z.object({ threadDocumentId: z.string() });
export type LogByHandAnswer = z.infer<typeof logByHandAnswer>;
