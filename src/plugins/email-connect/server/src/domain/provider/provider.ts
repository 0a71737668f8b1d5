import type { ServerSettings } from '../inbox/inbox';

export type Endpoint = Pick<ServerSettings, 'host' | 'port' | 'tls'>;

/** How a mailbox lets a program log in. */
export type SignIn =
  | { by: 'password' }
  /**
   * `page`: where an app password is made. `two-steps`: the normal password works until two-step verification is on.
   */
  | { by: 'app-password'; required: 'always' | 'two-steps'; page: string }
  /** No password works any more, only the provider's own sign-in page. */
  | { by: 'sign-in-page' };

/** All that is known of a mail provider. */
export interface Provider {
  /** Stored with each inbox. */
  key: string;
  name: string;
  /** Domains of this provider's addresses, in lower case; [] where all customers bring their own domain. */
  domains: readonly string[];
  imap: Endpoint;
  smtp: Endpoint;
  /** Further domains below which its mail servers are found; `yahoo.*`: in every country. */
  serverDomains: readonly string[];
  signIn: SignIn;
  /** One sentence for a person who connects a mailbox: what this provider requires. '' for nothing special. */
  advice: string;
  /**
   * The authserv-ids of its servers (RFC 8601 2.2), by the domain above them: only of a provider that removes fields of
   * these names which a message arrives with.
   */
  authServers: readonly string[];
  /** It leaves its authserv-id out, and renames an Authentication-Results field that a message arrives with. */
  omitsAuthservId: boolean;
  /** It puts a copy of mail that its SMTP server accepts into Sent itself (S8). */
  filesSent: boolean;
  /** Addresses that send its users' complaints without a feedback report (RFC 5965), in lower case. */
  complaintsFrom: readonly string[];
  /**
   * Its folders are labels: views of one folder that holds all mail. Its own labels stand below one of these names,
   * in lower case.
   */
  labelRoots: readonly string[];
}
