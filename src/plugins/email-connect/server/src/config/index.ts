import { z } from 'zod';
import { levels } from '../domain/access/level';
import { readPortRange } from '../domain/inbox/mail-ports';

const contactType = z.object({
  /** A content type's uid. */
  uid: z.string().regex(/^(api|plugin)::[a-z0-9-]+\.[a-z0-9-]+$/),
  /** The attribute that names the contact. */
  nameField: z.string().min(1),
  /** Attributes that hold addresses; dots lead into components, repeatables and JSON lists. */
  addressFields: z.array(z.string().min(1)).min(1),
});

const megabyte = 1_000_000;

const pluginConfig = z.object({
  contactTypes: z.array(contactType),
  /** Where files of logged mail are kept; never below a public folder. Relative to the app. */
  attachmentsDirectory: z.string().min(1),
  attachmentLimitBytes: z.number().int().positive(),
  textLimitBytes: z.number().int().positive(),
  outgoingLimitBytes: z.number().int().positive(),
  passIntervalSeconds: z.number().int().min(5).max(3600),
  /**
   * Addresses, and whole domains, that are "us" besides the inboxes' own addresses: they never make anybody a contact
   * (P8).
   */
  teamAddresses: z.array(z.email()),
  teamDomains: z.array(z.string().regex(/^[^\s@]+\.[^\s@]+$/)),
  /**
   * How often one admin user may do what costs a mail server or others something; refused logins are counted for one
   * mailbox, whoever tries (S37).
   */
  rateLimits: z.object({
    sendsPerMinute: z.number().int().positive(),
    sendsPerHour: z.number().int().positive(),
    connectionTestsPer10Minutes: z.number().int().positive(),
    refusedLoginsPer10Minutes: z.number().int().min(2),
    searchesPerMinute: z.number().int().positive(),
    logsPerMinute: z.number().int().positive(),
  }),
  /** How many bytes a backfill may read of an inbox in a day. */
  backfillDailyBytes: z.number().int().positive(),
  contentApi: z.strictObject({
    /** Whether read-only and full-access API tokens read mail; without it `domain/site-tokens` says. */
    siteTokens: z.boolean().optional(),
  }),
  /**
   * Whether addresses that a program, a public form or an import writes into records show the mail that there is
   * already: at once, or once somebody confirms them (S41).
   */
  trustAddressesOfPrograms: z.boolean(),
  /** How much others are told of the mail of a new inbox, unless its owner chooses otherwise (S42). */
  levelOfNewInboxes: z.enum(levels),
  /**
   * What becomes of a contact's mail when its record is deleted by a program or in bulk, or nobody was asked: it is kept
   * for the owner of its inbox and for managers, or what stands on no other record is erased (S45).
   */
  whenContactDeleted: z.enum(['keep', 'erase']),
  /** Names, IP addresses or CIDR ranges of mail servers in private networks. */
  allowedPrivateHosts: z.array(z.string().min(1)),
  /** Ports of mail servers besides those of mail, and ranges of them: `1143`, `1024-65535`. */
  allowedPorts: z.array(z.string().refine((text) => readPortRange(text) !== null, 'This is no port.')),
  /** Keys that seal passwords, newest first; without any, Strapi's own `admin.secrets.encryptionKey`. */
  encryptionKeys: z.array(z.string().min(16)),
});

export type PluginConfig = z.infer<typeof pluginConfig>;

export interface Env {
  (key: string, fallback?: string): string;
  int(key: string, fallback?: number): number;
  bool(key: string): boolean | undefined;
  array(key: string, fallback?: string[]): string[];
}

/** The plugin's settings: `config/plugins.ts` overrides them. */
export const config = {
  default: ({ env }: { env: Env }): PluginConfig => ({
    contactTypes: [
      { uid: 'plugin::email-connect.contact', nameField: 'name', addressFields: ['email', 'furtherEmails'] },
    ],
    attachmentsDirectory: env('EMAIL_CONNECT_ATTACHMENTS_DIRECTORY', '.email-connect/attachments'),
    attachmentLimitBytes: env.int('EMAIL_CONNECT_ATTACHMENT_LIMIT_BYTES', 25 * megabyte),
    textLimitBytes: 2 * megabyte,
    outgoingLimitBytes: env.int('EMAIL_CONNECT_OUTGOING_LIMIT_BYTES', 25 * megabyte),
    passIntervalSeconds: env.int('EMAIL_CONNECT_PASS_INTERVAL_SECONDS', 60),
    teamAddresses: env.array('EMAIL_CONNECT_TEAM_ADDRESSES', []),
    teamDomains: env.array('EMAIL_CONNECT_TEAM_DOMAINS', []),
    backfillDailyBytes: env.int('EMAIL_CONNECT_BACKFILL_DAILY_BYTES', 500 * megabyte),
    rateLimits: {
      sendsPerMinute: env.int('EMAIL_CONNECT_SENDS_PER_MINUTE', 60),
      sendsPerHour: env.int('EMAIL_CONNECT_SENDS_PER_HOUR', 1000),
      connectionTestsPer10Minutes: env.int('EMAIL_CONNECT_CONNECTION_TESTS_PER_10_MINUTES', 20),
      refusedLoginsPer10Minutes: env.int('EMAIL_CONNECT_REFUSED_LOGINS_PER_10_MINUTES', 20),
      searchesPerMinute: env.int('EMAIL_CONNECT_SEARCHES_PER_MINUTE', 60),
      logsPerMinute: env.int('EMAIL_CONNECT_LOGS_PER_MINUTE', 60),
    },
    contentApi: { siteTokens: env.bool('EMAIL_CONNECT_SITE_TOKENS') },
    trustAddressesOfPrograms: env.bool('EMAIL_CONNECT_TRUST_ADDRESSES_OF_PROGRAMS') ?? false,
    levelOfNewInboxes: env('EMAIL_CONNECT_LEVEL_OF_NEW_INBOXES', 'full') as PluginConfig['levelOfNewInboxes'],
    // The validator refuses any other word.
    whenContactDeleted: env(
      'EMAIL_CONNECT_WHEN_CONTACT_DELETED',
      'keep'
    ) as PluginConfig['whenContactDeleted'],
    allowedPrivateHosts: env.array('EMAIL_CONNECT_ALLOWED_PRIVATE_HOSTS', []),
    allowedPorts: env.array('EMAIL_CONNECT_ALLOWED_PORTS', []),
    encryptionKeys: env.array('EMAIL_CONNECT_ENCRYPTION_KEYS', []),
  }),
  /** Throws with the path of every invalid setting. */
  validator: (candidate: unknown): void => {
    const parsed = pluginConfig.safeParse(candidate);
    if (!parsed.success)
      throw new Error(`The settings of email-connect cannot be: ${z.prettifyError(parsed.error)}`);
  },
};
