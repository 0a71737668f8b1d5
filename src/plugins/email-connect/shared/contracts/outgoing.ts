import { z } from 'zod';
import { address } from './address';
import { outgoingStatus } from './message';

/** A mail that was written here and may not have gone out, or was refused: what its inbox's page shows. */
export const outgoingMail = z.object({
  messageDocumentId: z.string(),
  threadDocumentId: z.string(),
  /** null: not told to this manager. */
  subject: z.string().nullable(),
  to: z.array(address),
  deliveryStatus: outgoingStatus,
  /** The reason for its state; '' for none, and where it is not told. */
  failureMessage: z.string(),
  /** When Send was pressed. */
  queuedAt: z.string(),
});
export type OutgoingMail = z.infer<typeof outgoingMail>;

/** Newest first, 50 at most. */
export const outgoingList = z.object({ mails: z.array(outgoingMail) });
export type OutgoingList = z.infer<typeof outgoingList>;
