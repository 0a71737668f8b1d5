import { z } from 'zod';
import { level } from './level';
import { loggingPolicy, trustedAuthServers } from './policy';

export const tlsMode = z.enum(['implicit', 'starttls']);

/** How one server is reached. */
export const serverSettings = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65535),
  tls: tlsMode,
  username: z.string().min(1).max(320),
  /** SHA-256 of the one certificate that is accepted although no authority vouches for it, in hex; null for none. */
  pinnedCertificate: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});
export type MailServerSettings = z.infer<typeof serverSettings>;

export const sentCopyMode = z.enum(['append', 'server', 'none']);
export const inboxState = z.enum(['ok', 'catching-up', 'backing-off', 'needs-you', 'paused', 'disconnected']);

/** What a person enters to test or connect an inbox. An empty password on an edit keeps the stored one. */
export const inboxForm = z.object({
  label: z.string().trim().max(120),
  address: z.string().trim().max(320),
  senderName: z.string().trim().max(200),
  provider: z.string().max(40),
  imap: serverSettings,
  smtp: serverSettings,
  imapPassword: z.string().max(4096),
  smtpPassword: z.string().max(4096),
});
export type InboxForm = z.infer<typeof inboxForm>;

export const connectInboxRequest = inboxForm.extend({
  /** How much others are told of its mail; without it, as the site says. */
  level: level.optional(),
  /** The version of the consent text that was on the screen (S10). */
  consentTextVersion: z.string().min(1).max(20),
});
export type ConnectInboxRequest = z.infer<typeof connectInboxRequest>;

export const editInboxRequest = inboxForm;
export type EditInboxRequest = z.infer<typeof editInboxRequest>;

/**
 * The role of a folder: `watch`: replies are looked for; `log`: every message that a person puts there is logged;
 * `unlog`: the conversation of every message that a person puts there is un-logged for good; `none`: it is not read.
 */
export const folderRole = z.enum(['watch', 'log', 'unlog', 'none']);
export type FolderRoleAnswer = z.infer<typeof folderRole>;

export const inboxFolder = z.object({
  folderPath: z.string(),
  specialUse: z.enum(['inbox', 'sent', 'drafts', 'junk', 'trash', 'archive', 'all', 'flagged']).nullable(),
  /** The folder is read: its role is any but `none`. */
  watched: z.boolean(),
  role: folderRole,
  /** false: the server does not list it any more. */
  listed: z.boolean(),
  lastPassAt: z.string().nullable(),
  /** Every message that was there at this time is accounted for (P10); null before the first whole pass. */
  completeUpTo: z.string().nullable(),
  /** How many of these are in quarantine. */
  missing: z.number(),
  lastErrorCode: z.string().nullable(),
  /** How many times in a row the folder could not be opened. */
  failures: z.number(),
  /** The folder is not tried before this time. */
  retryAt: z.string().nullable(),
});
export type InboxFolderAnswer = z.infer<typeof inboxFolder>;

/** Mail on its way out: how many in each state, separate from the state of reading. */
export const outboxCounts = z.strictObject({
  /** Waiting for the server, the mail being submitted included. */
  queued: z.number(),
  /** Waiting for their owner, because the inbox was disconnected (S4). */
  held: z.number(),
  /** Being looked for in Sent. */
  unknown: z.number(),
  /** A person has to say what became of them. */
  asked: z.number(),
  /** Sent, but without a copy in Sent yet. */
  unfiled: z.number(),
  /** Since when the oldest queued mail waits; null for none. */
  waitingSince: z.string().nullable(),
});
export type OutboxCounts = z.infer<typeof outboxCounts>;

export const outboxSummary = outboxCounts.extend({
  /** Why the newest waiting mail waits; '' for none. */
  lastFailure: z.string(),
});

/** Which inbox it is and how it is: for everybody who may see the list. No setting, no folder, no server's answer. */
const inboxStatus = {
  documentId: z.string(),
  label: z.string(),
  address: z.string(),
  senderName: z.string(),
  /** How much others are told of its mail. */
  level,
  state: inboxState,
  stateCode: z.string(),
  connectedAt: z.string().nullable(),
  lastPassAt: z.string().nullable(),
  nextPassAt: z.string().nullable(),
  /**
   * The last time in which the inbox could not be read, and how many messages of logged conversations had arrived in
   * it (S7).
   */
  lastGap: z.object({ from: z.string(), to: z.string(), recovered: z.number() }).nullable(),
  /** Files of its mail that could not be stored and are fetched again, the next one at `nextAt`; null for none (S49). */
  waitingFiles: z.object({ count: z.number(), nextAt: z.string() }).nullable(),
};

/** An inbox as a colleague sees it, who neither owns it nor manages all inboxes (S36). */
export const colleaguesInbox = z.strictObject({
  ...inboxStatus,
  seenAs: z.literal('colleague'),
  /** They are named on it: they see its mail, and send from it (w70). */
  sharedWithYou: z.boolean(),
  sending: outboxCounts,
});
export type ColleaguesInbox = z.infer<typeof colleaguesInbox>;

/** An inbox as its owner sees it, and who manages all inboxes. Never a secret. */
export const inbox = z.object({
  ...inboxStatus,
  seenAs: z.literal('owner'),
  provider: z.string(),
  imap: serverSettings,
  smtp: serverSettings,
  sentCopy: sentCopyMode,
  sentFolderPath: z.string().nullable(),
  stateReason: z.string(),
  /** false: the asker manages all inboxes. */
  ownedByYou: z.boolean(),
  /** Why its address counts as the team's; `unconfirmed`: it does not, until a manager says so (w51). */
  teamAddress: z.enum(['settings', 'confirmed', 'unconfirmed']),
  consentGivenAt: z.string().nullable(),
  policy: loggingPolicy,
  /** Mail that a team member sends here, or puts on Bcc, is logged; '' for none. */
  logAddress: z.string(),
  trustedAuthServers,
  /** Messages that could not be read, or are held back. */
  quarantined: z.number(),
  /** Messages about which a person is asked whether they belong to a conversation. */
  suggestions: z.number(),
  sending: outboxSummary,
});
export type InboxAnswer = z.infer<typeof inbox>;

export const inboxWithFolders = inbox.extend({ folders: z.array(inboxFolder) });
export type InboxWithFolders = z.infer<typeof inboxWithFolders>;

/** An inbox in the list, and on its page. */
export const seenInbox = z.discriminatedUnion('seenAs', [inbox, colleaguesInbox]);
export type SeenInbox = z.infer<typeof seenInbox>;
export const seenInboxPage = z.discriminatedUnion('seenAs', [inboxWithFolders, colleaguesInbox]);
export type SeenInboxPage = z.infer<typeof seenInboxPage>;

export const chooseFoldersRequest = z.object({
  /** A folder that is not in the list is not read. */
  folders: z.array(z.object({ folderPath: z.string().min(1).max(1000), role: folderRole })).max(1000),
  sentCopy: sentCopyMode,
  sentFolderPath: z.string().max(1000).nullable(),
});
export type ChooseFoldersRequest = z.infer<typeof chooseFoldersRequest>;

export const inboxAction = z.enum(['pause', 'resume', 'disconnect', 'sync']);
export type InboxAction = z.infer<typeof inboxAction>;

/** Server settings known for an address's provider. */
export const providerPreset = z.object({
  key: z.string(),
  name: z.string(),
  imap: serverSettings.pick({ host: true, port: true, tls: true }),
  smtp: serverSettings.pick({ host: true, port: true, tls: true }),
  /** One sentence: what this provider requires, e.g. an app password. '' for nothing special. */
  advice: z.string(),
  /** false: the provider accepts no password any more, only its own sign-in page. */
  acceptsPassword: z.boolean(),
});
export type ProviderPresetAnswer = z.infer<typeof providerPreset>;
