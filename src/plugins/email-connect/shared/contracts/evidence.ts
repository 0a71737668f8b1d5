import { z } from 'zod';

/** The rung of the matching ladder that decided, or another reason why a message is part of a conversation. */
export const rung = z.enum([
  'in-reply-to',
  'references',
  'thread-token',
  'thread-index',
  'original-id',
  'server-thread',
  'returned-id',
  'envelope-id',
  'other-topic',
  'subject',
  'known-contact',
  'log-address',
  'log-folder',
  'by-hand',
]);
export type RungAnswer = z.infer<typeof rung>;

/** Why a message is here: the rung, the header field and the value in it. */
export const evidence = z.object({
  rung,
  confidence: z.number(),
  header: z.string(),
  value: z.string(),
});
export type EvidenceAnswer = z.infer<typeof evidence>;
