import { z } from 'zod';
import { contactRef } from './contact-ref';
import { contactOffer } from './nobody';

/** What is asked before a contact's record is deleted (S45). */
export const deletionQuestion = z.object({
  /** The messages that stand on no other record, of those that the caller sees; 0: nothing is to be asked. */
  messages: z.number(),
  /** What becomes of them where nothing is chosen. */
  otherwise: z.enum(['keep', 'erase']),
  /** Among which the caller may look for another contact. */
  contactTypes: z.array(contactOffer),
});
export type DeletionQuestion = z.infer<typeof deletionQuestion>;

/**
 * What becomes of these messages when the caller deletes the record within ten minutes. `keep`: they stand on no
 * record, and are seen by the owner of their inbox and by managers. `hand-over`: they stand on another record.
 */
export const deletionChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keep') }),
  z.object({ kind: z.literal('erase') }),
  z.object({ kind: z.literal('hand-over'), to: contactRef }),
]);
export type DeletionChoice = z.infer<typeof deletionChoice>;
