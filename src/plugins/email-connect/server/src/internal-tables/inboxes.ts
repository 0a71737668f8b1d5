import { bigInteger, code, documentId, flag, hash, instant, integer, internalTable, text } from './columns';

/** Sealed passwords and tokens. */
export const secret = internalTable('secret', 'ec_secrets', {
  inboxDocumentId: documentId(),
  kind: code(40),
  sealed: text(),
});

/** One-time states of a sign-in at a provider. */
export const oauthState = internalTable('oauth-state', 'ec_oauth_states', {
  stateHash: hash(),
  adminUserDocumentId: documentId(),
  provider: code(40),
  /** The PKCE verifier. */
  sealed: text(),
  expiresAt: instant(),
});

/** A folder of an inbox, and how far it is read. */
export const folderCursor = internalTable('folder-cursor', 'ec_folder_cursors', {
  inboxDocumentId: documentId(),
  folderPath: text(),
  /** Hash of the path, which itself may be longer than an index takes. */
  folderKey: hash(),
  specialUse: code(20),
  watched: flag(),
  uidValidity: code(20),
  lastUid: bigInteger(),
  lastPassAt: instant(),
  lastErrorCode: code(60),
});

/** Who may write for an inbox, until when. `token` only ever grows: it outlives its holder. */
export const lease = internalTable('lease', 'ec_leases', {
  inboxDocumentId: documentId(),
  holder: code(200),
  token: integer(),
  expiresAt: instant(),
  /** Grows with every fenced write, so that a write and a theft of the lease cannot both commit. */
  writes: bigInteger(),
});
