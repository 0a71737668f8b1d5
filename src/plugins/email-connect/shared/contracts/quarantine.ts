import { z } from 'zod';
import { rung } from './evidence';
import { location } from './location';

/** A message that could not be read, or is held back: visible, and tried again. Without its content. */
export const quarantinedMessage = z.object({
  location,
  /** `held`: it came by the log address, but not provably from the team; a person decides (S28). */
  kind: z.enum(['unreadable', 'held']),
  code: z.string(),
  detail: z.string(),
  /** Why it would be logged; null when that is not known. */
  rung: rung.nullable(),
  attempts: z.number(),
  firstAt: z.string(),
  lastAt: z.string(),
  /** null: only when a person asks for it. */
  nextAt: z.string().nullable(),
});
export type QuarantinedMessageAnswer = z.infer<typeof quarantinedMessage>;

/** The newest 100, and how many there are. */
export const quarantineList = z.object({ messages: z.array(quarantinedMessage), total: z.number() });
export type QuarantineList = z.infer<typeof quarantineList>;

/** null: all messages of the inbox. */
export const retryQuarantineRequest = z.object({ location: location.nullable() });
export type RetryQuarantineRequest = z.infer<typeof retryQuarantineRequest>;

/** How many messages are tried again now. */
export const retryQuarantineAnswer = z.object({ due: z.number() });
export type RetryQuarantineAnswer = z.infer<typeof retryQuarantineAnswer>;
