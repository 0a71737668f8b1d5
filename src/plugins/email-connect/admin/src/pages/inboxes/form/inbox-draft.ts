import type { ConnectionTestRequest } from '../../../../../shared/contracts/connection-test';
import type { InboxAnswer, InboxForm, MailServerSettings } from '../../../../../shared/contracts/inbox';
import { isSameServer } from '../../../../../shared/inbox/same-server';

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
  filledIn: FilledIn | null;
}

/** The hosts that a provider's settings filled in, for its address or because a person chose the provider. */
export type FilledIn = { by: 'address' | 'choice' } & Record<Side, string>;

export type Side = 'imap' | 'smtp';
export type Tls = MailServerSettings['tls'];

/** The provider of an address whose servers are not known. */
export const customProvider = 'custom';

/** RFC 8314 section 3: implicit TLS on 993 and 465; STARTTLS on 143 (RFC 9051) and 587 (RFC 6409). */
const standardPorts: Record<Side, Record<Tls, number>> = {
  imap: { implicit: 993, starttls: 143 },
  smtp: { implicit: 465, starttls: 587 },
};

export const emptyServer = (side: Side): MailServerSettings => ({
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
  filledIn: null,
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
  filledIn: null,
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

/** The request to the server: user names filled in, one login for both servers unless SMTP has its own. */
export const toInboxForm = (draft: InboxDraft): InboxForm => {
  const { hasOwnSmtpLogin, filledIn: _, ...form } = draft;
  const username = draft.imap.username.trim() || draft.address.trim();
  const smtpUsername = hasOwnSmtpLogin ? draft.smtp.username.trim() || username : username;
  return {
    ...form,
    imap: { ...draft.imap, host: draft.imap.host.trim(), username },
    smtp: { ...draft.smtp, host: draft.smtp.host.trim(), username: smtpUsername },
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

/**
 * What an empty password stands for: `kept`, the stored one; `again`: nothing, for the one that is stored is for another
 * login (S43); `none`: nothing is stored.
 */
export type EmptyPassword = 'kept' | 'again' | 'none';

/** By field. Without a login of its own for SMTP, IMAP's password is for both. `stored`: as in `draftFaults`. */
export const emptyPasswords = (
  draft: InboxDraft,
  stored: InboxDraft | null
): Record<'imapPassword' | 'smtpPassword', EmptyPassword> => {
  if (stored === null) return { imapPassword: 'none', smtpPassword: 'none' };
  const [entered, kept] = [toInboxForm(draft), toInboxForm(stored)];
  const isFor = (sides: Side[]): EmptyPassword =>
    sides.every((side) => isSameServer(kept[side], entered[side])) ? 'kept' : 'again';
  return {
    imapPassword: isFor(draft.hasOwnSmtpLogin ? ['imap'] : ['imap', 'smtp']),
    smtpPassword: isFor(['smtp']),
  };
};

const passwordFaults = (draft: InboxDraft, stored: InboxDraft | null): DraftField[] => {
  const empty = emptyPasswords(draft, stored);
  const fields = draft.hasOwnSmtpLogin
    ? (['imapPassword', 'smtpPassword'] as const)
    : (['imapPassword'] as const);
  return fields.filter((field) => draft[field] === '' && empty[field] !== 'kept');
};

/**
 * The fields that keep a draft from being tested. `stored`: the inbox that is edited, whose stored passwords replace
 * empty ones for the login that they were entered for; null where none is stored.
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
