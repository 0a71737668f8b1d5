import {
  bigInteger,
  code,
  contentTypeUid,
  documentId,
  flag,
  hash,
  instant,
  integer,
  internalTable,
  json,
  text,
} from './columns';

/** Sealed passwords and tokens. */
export const secret = internalTable('secret', 'email_connect_secrets', {
  inboxDocumentId: documentId(),
  kind: code(40),
  sealed: text(),
});

/** Who uses an inbox besides its owner. */
export const named = internalTable('named', 'email_connect_named', {
  inboxDocumentId: documentId(),
  /** user, role */
  kind: code(10),
  /** Of the admin user or the role. */
  namedDocumentId: documentId(),
});

/** One-time states of a sign-in at a provider. */
export const oauthState = internalTable('oauth-state', 'email_connect_oauth_states', {
  stateHash: hash(),
  adminUserDocumentId: documentId(),
  provider: code(40),
  /** The PKCE verifier. */
  sealed: text(),
  expiresAt: instant(),
});

/** A folder of an inbox, and how far it was read. */
export const folderCursor = internalTable('folder-cursor', 'email_connect_folder_cursors', {
  inboxDocumentId: documentId(),
  folderPath: text(),
  /** Hash of the path, which may be longer than an index takes. */
  folderKey: hash(),
  specialUse: code(20),
  watched: flag(),
  /** watch, log, unlog; null is watch */
  role: code(10),
  /** false: the server does not list it any more; null is true */
  listed: flag(),
  objectId: code(255),
  readFrom: instant(),
  uidValidity: code(20),
  lastUid: bigInteger(),
  lastPassAt: instant(),
  lastErrorCode: code(60),
  failures: integer(),
  retryAt: instant(),
  /** An IMAP sequence-set. */
  recentUids: text(),
  /** Messages in the folder when it was last read to its end. */
  existing: bigInteger(),
  completeUpTo: instant(),
  sweptAt: instant(),
  /** ISO times. */
  renumberedAt: json(),
  lookBackTo: instant(),
  /** The UID whose body is being fetched now; null: none. It shows which message ended a connection. */
  readingUid: bigInteger(),
  /** How often the connection was lost at `readingUid`. */
  readingLosses: integer(),
});

/** Which process may write for an inbox, until when. `token` only ever grows, and is kept after its holder. */
export const lease = internalTable('lease', 'email_connect_leases', {
  inboxDocumentId: documentId(),
  holder: code(200),
  token: integer(),
  expiresAt: instant(),
  /** No process logs in before this time: the mail server refused one of them. */
  restUntil: instant(),
  /** Grows with every fenced write, so that a write and a takeover of the lease cannot both commit. */
  writes: bigInteger(),
});

/** History that a person asked for: one at a time for each inbox. */
export const backfill = internalTable('backfill', 'email_connect_backfills', {
  inboxDocumentId: documentId(),
  since: instant(),
  state: code(20),
  startedAt: instant(),
  endedAt: instant(),
  total: integer(),
  scanned: integer(),
  logged: integer(),
  day: code(10),
  bytesToday: bigInteger(),
  dailyBytes: bigInteger(),
  folders: json(),
});

/** What people ask of an inbox, for the holder of its lease. */
export const request = internalTable('request', 'email_connect_requests', {
  inboxDocumentId: documentId(),
  askedBy: documentId(),
  kind: code(20),
  folderKey: hash(),
  folderPath: text(),
  uidValidity: code(20),
  imapUid: bigInteger(),
  threadDocumentId: documentId(),
  /** The contact that was chosen for the message; null: none. */
  contactType: contentTypeUid(),
  contactDocumentId: documentId(),
  /** null while it is not done, '' when it succeeded. */
  outcomeCode: code(60),
  outcomeMessage: text(),
  outcomeThreadDocumentId: documentId(),
  attempts: integer(),
  askedAt: instant(),
  endedAt: instant(),
});

/** News for the open pages of all processes, kept as long as a page may be behind. */
export const news = internalTable('news', 'email_connect_news', {
  at: instant(),
  /** `shared/contracts/news` */
  item: json(),
});
