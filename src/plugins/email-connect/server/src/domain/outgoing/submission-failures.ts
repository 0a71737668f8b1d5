import type { ErrorCode } from '../errors';

/**
 * What a failure before or in a submission means for the mail. `passes`: nothing went out, and it is tried again
 * later; `final`: nothing went out, and another attempt changes nothing until somebody does something; `unknown`: the
 * server may have it; `held`: its inbox is not connected any more.
 */
export type SubmissionFailureKind = 'passes' | 'final' | 'unknown' | 'held';

const LOGIN_REFUSALS: ReadonlySet<ErrorCode> = new Set([
  ...(['LOGIN_REFUSED', 'LOGIN_NEEDS_APP_PASSWORD', 'LOGIN_NOT_OFFERED', 'LOGIN_THROTTLED'] as const),
]);

/**
 * Providers lock out accounts with too many logins: after one of these codes the next mail is not tried at once
 * (c25).
 */
export const isLoginRefusal = (code: ErrorCode): boolean => LOGIN_REFUSALS.has(code);

/**
 * A Record, so that the compiler asks for every code: a missing code would be told as failed, and sent a minute
 * later.
 */
export const submissionFailures: Readonly<Record<ErrorCode, SubmissionFailureKind>> = {
  // A DNS resolver that is down gives the same answer as a name that does not exist; the inbox was connected by this
  // name.
  HOST_NOT_FOUND: 'passes',
  HOST_PRIVATE: 'final',
  // It waits for the setting: an update must refuse no mail that waits already.
  PORT_NOT_ALLOWED: 'passes',
  CONNECTION_REFUSED: 'passes',
  CONNECTION_TIMED_OUT: 'passes',
  CONNECTION_LOST: 'passes',
  PROTOCOL_MISMATCH: 'final',
  TLS_NOT_OFFERED: 'final',
  TLS_FAILED: 'final',
  TLS_CERTIFICATE_EXPIRED: 'final',
  TLS_CERTIFICATE_UNTRUSTED: 'final',
  TLS_CERTIFICATE_WRONG_HOST: 'final',
  LOGIN_REFUSED: 'final',
  LOGIN_NEEDS_APP_PASSWORD: 'final',
  LOGIN_NOT_OFFERED: 'final',
  LOGIN_THROTTLED: 'passes',
  IMAP_DISABLED: 'final',
  PASSWORD_NEEDED: 'final',
  FOLDER_UNREADABLE: 'passes',
  FOLDER_UNSTABLE: 'passes',
  MESSAGE_UNREADABLE: 'passes',
  MESSAGE_GONE: 'final',
  SERVER_REFUSED: 'final',
  SERVER_THROTTLED: 'passes',
  SERVER_FLOODING: 'passes',
  TOO_MANY_FOLDERS: 'final',
  LOG_SENDER_UNKNOWN: 'final',
  LOG_SENDER_UNVERIFIED: 'final',
  CONTACT_MISSING: 'final',
  THREAD_UNLOGGED: 'final',
  STILL_UPDATING: 'final',
  LEVEL_HIDES_IT: 'final',
  NOTHING_TO_ASK: 'final',
  REQUEST_PENDING: 'passes',
  BACKFILL_RUNNING: 'passes',
  INBOX_NOT_CONNECTED: 'held',
  INBOX_CHANGED: 'final',
  SENDER_REFUSED: 'final',
  RECIPIENT_REFUSED: 'final',
  MESSAGE_REFUSED: 'final',
  MESSAGE_TOO_LARGE: 'final',
  MESSAGE_UNDER_WAY: 'passes',
  SEND_KEY_USED: 'final',
  SEND_OUTCOME_UNKNOWN: 'unknown',
  SENT_COPY_FAILED: 'passes',
  INPUT_INVALID: 'final',
  ADDRESS_INVALID: 'final',
  HEADER_INJECTION: 'final',
  NOT_FOUND: 'final',
  NOT_ALLOWED: 'final',
  SITE_TOKENS_OFF: 'final',
  RATE_LIMITED: 'passes',
  INBOX_ALREADY_CONNECTED: 'final',
  CONSENT_MISSING: 'final',
  RULE_INBOX_UNKNOWN: 'final',
  OWNER_NOT_ALLOWED: 'final',
  ADDRESS_UNCONFIRMED: 'final',
  ATTACHMENT_NOT_STORED: 'final',
  STORAGE_FAILED: 'passes',
  // The database refused the record of what became of the mail, not the mail itself.
  DATA_REFUSED: 'passes',
  KEY_MISSING: 'final',
  KEY_WRONG: 'final',
  // The claim was lost, or the process was told to end, before the last byte.
  LEASE_LOST: 'passes',
  DATABASE_BUSY: 'passes',
  DATABASE_NEWER: 'passes',
  MIGRATION_FAILED: 'passes',
  // Mostly a database that does not answer.
  UNEXPECTED: 'passes',
};
