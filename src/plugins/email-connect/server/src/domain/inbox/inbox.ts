import type { Level } from '../access/level';

/** `implicit`: TLS from the first byte; `starttls`: required upgrade, never clear text (S35). */
export type TlsMode = 'implicit' | 'starttls';

/** How one server is reached and who logs in. The password is kept elsewhere, sealed. */
export interface ServerSettings {
  host: string;
  port: number;
  tls: TlsMode;
  username: string;
  /** SHA-256 of the one certificate this inbox accepts although no authority vouches for it, in hex; null: none. */
  pinnedCertificate: string | null;
}

/**
 * `append`: the plugin puts the copy there; `server`: the provider files it itself (S8, S9); `none`: no copy, and the
 * screen says so.
 */
export type SentCopyMode = 'append' | 'server' | 'none';

export type InboxState = 'ok' | 'catching-up' | 'backing-off' | 'needs-you' | 'paused' | 'disconnected';

/** A connected email account. Holds no secret. */
export interface Inbox {
  documentId: string;
  /** Grows with every change that a person makes to the inbox. */
  version: number;
  label: string;
  address: string;
  /** The From display name; '' for none. */
  senderName: string;
  /** false: its address counts as the team's only if the settings say so, or once a manager confirms it (w51). */
  isTeamAddress: boolean;
  /** documentId of the admin user who connected it, or to whom it was handed over. */
  ownerDocumentId: string;
  /** Key of the preset, or `custom`. */
  provider: string;
  imap: ServerSettings;
  smtp: ServerSettings;
  sentCopy: SentCopyMode;
  /** null when `sentCopy` is not `append` or no \Sent folder was found. */
  sentFolderPath: string | null;
  state: InboxState;
  /** Why the state is not `ok`: an error code; '' when it is. */
  stateCode: string;
  /** One sentence with the next step, '' when it is ok. */
  stateReason: string;
  consecutiveFailures: number;
  consent: Consent | null;
  connectedAt: string | null;
  lastPassAt: string | null;
  nextPassAt: string | null;
  policy: LoggingPolicy;
  /** How much others are told of its mail (S42). */
  level: Level;
  /** Mail that a team member sends here, or puts on Bcc, is logged; '' for none. A plus address of this inbox, or the address of an inbox of its own. */
  logAddress: string;
  trustedAuthServers: TrustedAuthServers;
  /**
   * The last time in which the inbox could not be read, and how much mail had arrived in it (S7); null when there was
   * none yet.
   */
  lastGap: Gap | null;
}

/**
 * Whose Authentication-Results are believed: `known`: those of the inbox's provider, or of its own servers; `nobody`;
 * or these authserv-ids (RFC 8601 2.2) and what stands below them as domains.
 */
export type TrustedAuthServers = 'known' | 'nobody' | string[];

/** `replies`: only mail of logged threads; `known-contacts`: also all mail to or from a contact (S18). */
export type LoggingPolicy = 'replies' | 'known-contacts';

export interface Gap {
  /** ISO: the last whole pass before the gap, and the first one after it. */
  from: string;
  to: string;
  /** Messages of logged threads that arrived in the gap. */
  recovered: number;
}

/** Who agreed to what is read, and when (S10). */
export interface Consent {
  givenAt: string;
  /** documentId of the admin user. */
  givenBy: string;
  /** The version of the text on the connect screen. */
  textVersion: string;
}
