import type { ConnectionTestRequest } from '../../../../../shared/contracts/connection-test';
import type {
  InboxAnswer,
  InboxForm,
  ProviderPresetAnswer,
  MailServerSettings,
} from '../../../../../shared/contracts/inbox';

/** The content of an inbox's form. An empty user name stands for the address. */
export interface InboxDraft {
  label: string;
  address: string;
  senderName: string;
  provider: string;
  imap: MailServerSettings;
  smtp: MailServerSettings;
  /** false: SMTP logs in with IMAP's user name and password. */
  hasOwnSmtpLogin: boolean;
  imapPassword: string;
  smtpPassword: string;
}

export type Side = 'imap' | 'smtp';
export type Tls = MailServerSettings['tls'];

/** The provider of an address whose servers are not known. */
export const customProvider = 'custom';

/** RFC 8314 section 3: implicit TLS on 993 and 465; STARTTLS on 143 (RFC 9051) and 587 (RFC 6409). */
const standardPorts: Record<Side, Record<Tls, number>> = {
  imap: { implicit: 993, starttls: 143 },
  smtp: { implicit: 465, starttls: 587 },
};

const emptyServer = (side: Side): MailServerSettings => ({
  host: '',
  port: standardPorts[side].implicit,
  tls: 'implicit',
  username: '',
  pinnedCertificate: null,
});

export const emptyDraft: InboxDraft = {
  label: '',
  address: '',
  senderName: '',
  provider: customProvider,
  imap: emptyServer('imap'),
  smtp: emptyServer('smtp'),
  hasOwnSmtpLogin: false,
  imapPassword: '',
  smtpPassword: '',
};

/** A connected inbox as a form; passwords never leave the server, so they are empty. */
export const draftOf = (inbox: InboxAnswer): InboxDraft => ({
  label: inbox.label,
  address: inbox.address,
  senderName: inbox.senderName,
  provider: inbox.provider,
  imap: inbox.imap,
  smtp: inbox.smtp,
  hasOwnSmtpLogin: inbox.smtp.username !== inbox.imap.username,
  imapPassword: '',
  smtpPassword: '',
});

/** Changes a server. A pin belongs to one host and port; the standard port follows the TLS mode. */
export const changeServer = (
  draft: InboxDraft,
  side: Side,
  change: Partial<Omit<MailServerSettings, 'pinnedCertificate'>>
): InboxDraft => {
  const before = draft[side];
  const after = { ...before, ...change };
  const hadStandardPort = Object.values(standardPorts[side]).includes(before.port);
  if (change.tls !== undefined && hadStandardPort) after.port = standardPorts[side][change.tls];
  if (after.host !== before.host || after.port !== before.port) after.pinnedCertificate = null;
  return { ...draft, [side]: after };
};

/** Accepts (or, with null, no longer accepts) one certificate by its SHA-256, for this inbox only (S35). */
export const pinCertificate = (draft: InboxDraft, side: Side, fingerprint: string | null): InboxDraft => ({
  ...draft,
  [side]: { ...draft[side], pinnedCertificate: fingerprint },
});

/** Fills in a provider's servers; null, for an unknown provider, leaves what was typed. */
export const applyPreset = (draft: InboxDraft, preset: ProviderPresetAnswer | null): InboxDraft => {
  if (preset === null) return { ...draft, provider: customProvider };
  const filled = changeServer(changeServer(draft, 'imap', preset.imap), 'smtp', preset.smtp);
  return {
    ...filled,
    provider: preset.key,
    imap: { ...filled.imap, ...preset.imap },
    smtp: { ...filled.smtp, ...preset.smtp },
  };
};

/** The request to the server: user names filled in, one login for both servers unless SMTP has its own. */
export const toInboxForm = (draft: InboxDraft): InboxForm => {
  const { hasOwnSmtpLogin, ...form } = draft;
  const username = draft.imap.username.trim() || draft.address.trim();
  const smtpUsername = hasOwnSmtpLogin ? draft.smtp.username.trim() || username : username;
  return {
    ...form,
    imap: { ...draft.imap, username },
    smtp: { ...draft.smtp, username: smtpUsername },
    smtpPassword: hasOwnSmtpLogin ? draft.smtpPassword : draft.imapPassword,
  };
};

export const toTestRequest = (draft: InboxDraft, inboxDocumentId: string | null): ConnectionTestRequest => ({
  ...toInboxForm(draft),
  inboxDocumentId,
});

export type DraftField = 'address' | 'imapPassword' | 'smtpPassword' | `${Side}.${'host' | 'port'}`;

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

const serverFaults = (draft: InboxDraft, side: Side): DraftField[] => [
  ...(draft[side].host.trim() === '' ? [`${side}.host` as const] : []),
  ...(isPort(draft[side].port) ? [] : [`${side}.port` as const]),
];

const passwordFaults = (draft: InboxDraft, stored: InboxDraft | null): DraftField[] => {
  const loginWasSplit = stored !== null && stored.hasOwnSmtpLogin !== draft.hasOwnSmtpLogin;
  const needsImap = stored === null || (loginWasSplit && !draft.hasOwnSmtpLogin);
  const needsSmtp = draft.hasOwnSmtpLogin && (stored === null || loginWasSplit);
  return [
    ...(needsImap && draft.imapPassword === '' ? ['imapPassword' as const] : []),
    ...(needsSmtp && draft.smtpPassword === '' ? ['smtpPassword' as const] : []),
  ];
};

/**
 * The fields that keep a draft from being tested. `stored`: the inbox that is edited, whose stored passwords replace
 * empty ones, unless SMTP's login was joined with or split from IMAP's: then no stored password fits.
 */
export const draftFaults = (draft: InboxDraft, stored: InboxDraft | null): DraftField[] => [
  ...(/^[^@\s]+@[^@\s]+$/.test(draft.address.trim()) ? [] : ['address' as const]),
  ...serverFaults(draft, 'imap'),
  ...serverFaults(draft, 'smtp'),
  ...passwordFaults(draft, stored),
];

/** Equal for drafts that connect in the same way: a passed test is valid as long as the key stays the same. */
export const connectionKey = (draft: InboxDraft): string => {
  const { address, imap, smtp, imapPassword, smtpPassword } = toInboxForm(draft);
  return JSON.stringify([address, imap, smtp, imapPassword, smtpPassword]);
};
