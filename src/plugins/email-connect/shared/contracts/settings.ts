import { z } from 'zod';

/** What the admin needs to know of this installation, from its live configuration (S2, S38). */
export const settings = z.object({
  /** uids whose records show the panel. */
  contactTypes: z.array(
    z.object({ uid: z.string(), nameField: z.string(), addressFields: z.array(z.string()) })
  ),
  consentTextVersion: z.string(),
  attachmentLimitBytes: z.number(),
  /** The largest mail that is sent, files included, as it travels. */
  outgoingLimitBytes: z.number(),
  /** The most that a backfill reads of an inbox in a day. */
  backfillDailyBytes: z.number(),
  /** Whole domains whose mail counts as the team's own and never as a contact's (P8); inboxes' addresses do so anyway. */
  teamDomains: z.array(z.string()),
  /** false: no key, so that no inbox can be connected. */
  keyPresent: z.boolean(),
  /** The inbox this user sends from; null sends nobody's mail (S3). */
  yourInbox: z.object({ documentId: z.string(), address: z.string(), state: z.string() }).nullable(),
  /** All that are this user's, disconnected ones too: over their mail they decide. */
  ownInboxes: z.array(z.object({ documentId: z.string(), state: z.string() })),
});
export type Settings = z.infer<typeof settings>;
