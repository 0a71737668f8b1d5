import { z } from 'zod';

/** What the admin panel needs to know about this installation, from its live configuration (S2, S38). */
export const settings = z.object({
  /** uids whose records show the panel. */
  contactTypes: z.array(
    z.object({ uid: z.string(), nameField: z.string(), addressFields: z.array(z.string()) })
  ),
  consentTextVersion: z.string(),
  attachmentLimitBytes: z.number(),
  /** The largest mail that is sent, files included, in the form in which it is transmitted. */
  outgoingLimitBytes: z.number(),
  /** The most bytes that a backfill reads of an inbox in a day. */
  backfillDailyBytes: z.number(),
  /** Whole domains whose mail counts as the team's own and never as a contact's (P8); inboxes' addresses always do. */
  teamDomains: z.array(z.string()),
  /** Whether read-only and full-access API tokens of the site read its mail; undecided: they do until the site says. */
  siteTokens: z.enum(['on', 'off', 'undecided']),
  /** false: there is no key, so that no inbox can be connected. */
  keyPresent: z.boolean(),
  /** The inbox that this user sends from; null: they cannot send (S3). */
  yourInbox: z.object({ documentId: z.string(), address: z.string(), state: z.string() }).nullable(),
  /** All inboxes of this user, disconnected ones too: they decide about their mail. */
  ownInboxes: z.array(z.object({ documentId: z.string(), state: z.string() })),
});
export type Settings = z.infer<typeof settings>;
