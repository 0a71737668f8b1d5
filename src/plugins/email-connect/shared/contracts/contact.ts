import { z } from 'zod';

/** A record that can be written to: name and addresses, whatever its content type. */
export const contact = z.object({
  contactType: z.string(),
  documentId: z.string(),
  name: z.string(),
  addresses: z.array(z.string()),
});
export type Contact = z.infer<typeof contact>;
