import { z } from 'zod';

/** A record that can be written to: name and addresses, whatever its content type. */
export const contact = z.object({
  contactType: z.string(),
  documentId: z.string(),
  name: z.string(),
  addresses: z.array(z.string()),
  /** Mail with this contact alone is not logged at present. */
  isPaused: z.boolean(),
});
export type Contact = z.infer<typeof contact>;

export const pauseContactRequest = z.object({ paused: z.boolean() });
export type PauseContactRequest = z.infer<typeof pauseContactRequest>;
