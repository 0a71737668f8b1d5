import type { MailServerSettings } from '../contracts/inbox';

/**
 * Whether both are one login: one host, port, kind of TLS, trusted certificate and user name. A stored password goes
 * to the login that it was entered for and to no other (S43). A host is the same in any case (RFC 4343 2); a user name is
 * not, for some servers tell them apart.
 */
export const isSameServer = (one: MailServerSettings, other: MailServerSettings): boolean =>
  one.host.toLowerCase() === other.host.toLowerCase() &&
  (['port', 'tls', 'username', 'pinnedCertificate'] as const).every((key) => one[key] === other[key]);
