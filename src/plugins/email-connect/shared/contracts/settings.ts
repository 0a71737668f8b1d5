import { z } from 'zod';
import { level } from './level';

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
  /** How much others are told of the mail of a new inbox, unless its owner chooses otherwise. */
  levelOfNewInboxes: level,
  /** Whole domains whose mail counts as the team's own and never as a contact's (P8); inboxes' addresses always do. */
  teamDomains: z.array(z.string()),
  /** Whether read-only and full-access API tokens of the site read its mail; undecided: they do until the site says. */
  siteTokens: z.enum(['on', 'off', 'undecided']),
  /** false: there is no key, so that no inbox can be connected. */
  keyPresent: z.boolean(),
  /** The inbox that is this user's own and connected; null: there is none. */
  yourInbox: z.object({ documentId: z.string(), address: z.string(), state: z.string() }).nullable(),
  /** All inboxes that this user owns or is named on, disconnected ones too: they decide about their mail. */
  ownInboxes: z.array(z.object({ documentId: z.string(), state: z.string() })),
  /** The connected ones of these, the one to begin with first; none: they cannot send (S3). */
  sendingInboxes: z.array(z.object({ documentId: z.string(), address: z.string() })),
});
export type Settings = z.infer<typeof settings>;
