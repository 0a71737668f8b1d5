import type { ServerSettings } from '../inbox/inbox';

export type Endpoint = Pick<ServerSettings, 'host' | 'port' | 'tls'>;

/** What a mailbox lets a program in with. */
export type SignIn =
  | { by: 'password' }
  /** `page`: where an app password is made. `two-steps`: the normal one works until two-step verification is on. */
  | { by: 'app-password'; required: 'always' | 'two-steps'; page: string }
  /** No password any more, only the provider's own sign-in page. */
  | { by: 'sign-in-page' };

/** All that is known of a mail provider. */
export interface Provider {
  /** Stored with each inbox. */
  key: string;
  name: string;
  /** Domains whose addresses are this provider's, in lower case; [] where all bring a domain of their own. */
  domains: readonly string[];
  imap: Endpoint;
  smtp: Endpoint;
  /** Further domains below which its mail servers are found; `yahoo.*`: in every country. */
  serverDomains: readonly string[];
  signIn: SignIn;
  /** One sentence for who connects a mailbox: what this provider asks for. '' for nothing special. */
  advice: string;
  /** The authserv-ids of its servers (RFC 8601 2.2), by the domain above them. */
  authServers: readonly string[];
  /** It leaves its authserv-id out, and renames the Authentication-Results that a message brings along. */
  omitsAuthservId: boolean;
  /** It puts a copy of what its SMTP server accepts into Sent itself (S8). */
  filesSent: boolean;
  /** Who sends the complaints of its users without a feedback report (RFC 5965), in lower case. */
  complaintsFrom: readonly string[];
  /** Its folders are labels, views of one that holds all mail; its own stand below one of these, in lower case. */
  labelRoots: readonly string[];
}
