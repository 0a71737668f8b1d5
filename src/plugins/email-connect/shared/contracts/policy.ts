import { z } from 'zod';
import { dayOrTime } from './day-or-time';

/** `replies`: only mail of logged conversations; `known-contacts`: also all mail to or from a contact (S18). */
export const loggingPolicy = z.enum(['replies', 'known-contacts']);
export type InboxPolicy = z.infer<typeof loggingPolicy>;

const authServer = z
  .string()
  .trim()
  .max(253)
  .regex(/^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/i);

/**
 * Whose Authentication-Results are believed: `known`: those of the inbox's provider, or of its own servers; `nobody`; or
 * these authserv-ids (RFC 8601 2.2) and what stands below them as domains.
 */
export const trustedAuthServers = z.union([z.enum(['known', 'nobody']), z.array(authServer).min(1).max(20)]);

export const choosePolicyRequest = z.object({
  policy: loggingPolicy,
  /** '' for none; a plus address of the inbox, or the inbox's own address when the inbox serves only for that. */
  logAddress: z.string().trim().max(320),
  trustedAuthServers,
});
export type ChoosePolicyRequest = z.infer<typeof choosePolicyRequest>;

/** A never-log rule that does not exist yet. */
export const ruleToTry = z.object({
  field: z.enum(['address', 'domain', 'subject']),
  pattern: z.string().trim().min(1).max(255),
});
export type RuleToTry = z.infer<typeof ruleToTry>;

/** What would be logged since a day, under another policy or with further rules. The trial logs nothing. */
export const dryRunRequest = z.object({
  /** Left out: the inbox's own policy. */
  policy: loggingPolicy.optional(),
  /** Besides the existing rules. */
  rules: z.array(ruleToTry).max(50).default([]),
  since: dayOrTime,
});
export type DryRunRequest = z.infer<typeof dryRunRequest>;

export const dryRunAnswer = z.object({
  /** Messages whose headers were read: the newest 5,000 at most. */
  scanned: z.number(),
  /** There are more messages than were read. */
  isCut: z.boolean(),
  wouldLog: z.number(),
  /** In how many conversations they are. */
  threads: z.number(),
  /** How many of these conversations have no logged message yet. */
  newThreads: z.number(),
  alreadyLogged: z.number(),
  /** The conversation is likely, not certain: a person would be asked. */
  wouldAsk: z.number(),
  /** Mail by the log address, but not provably from the team. */
  wouldHold: z.number(),
  wouldIgnore: z.number(),
  /** How many messages a never-log rule keeps out, by rule. */
  byRule: z.array(
    ruleToTry.extend({
      /** null: a rule that was only tried. */
      documentId: z.string().nullable(),
      messages: z.number(),
    })
  ),
  /** Always 0: everything is decided on headers alone (S12). */
  bodiesRead: z.literal(0),
  /** Folders that could not be opened. */
  unreadable: z.array(z.string()),
});
export type DryRunAnswer = z.infer<typeof dryRunAnswer>;
