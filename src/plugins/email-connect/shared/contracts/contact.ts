import { z } from 'zod';

/** A record that can be written to: name and addresses, whatever its content type. */
export const contact = z.object({
  contactType: z.string(),
  documentId: z.string(),
  name: z.string(),
  addresses: z.array(z.string()),
  /** Mail with this contact alone is not logged at present. */
  isPaused: z.boolean(),
  /** Those of the addresses whose mail others do not see here until the caller, or somebody else, confirms them. */
  toConfirm: z.array(z.string()),
});
export type Contact = z.infer<typeof contact>;

export const pauseContactRequest = z.object({ paused: z.boolean() });
export type PauseContactRequest = z.infer<typeof pauseContactRequest>;

export const confirmAddressRequest = z.object({ address: z.string().min(3).max(320) });
export type ConfirmAddressRequest = z.infer<typeof confirmAddressRequest>;
