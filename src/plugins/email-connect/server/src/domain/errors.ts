/** Every failure that a person or program can meet. Each has its section in docs/errors.md. */
export type ErrorCode =
  // reaching a server
  | 'HOST_NOT_FOUND'
  | 'HOST_PRIVATE'
  | 'PORT_NOT_ALLOWED'
  | 'CONNECTION_REFUSED'
  | 'CONNECTION_TIMED_OUT'
  | 'CONNECTION_LOST'
  | 'PROTOCOL_MISMATCH'
  // TLS
  | 'TLS_NOT_OFFERED'
  | 'TLS_FAILED'
  | 'TLS_CERTIFICATE_EXPIRED'
  | 'TLS_CERTIFICATE_UNTRUSTED'
  | 'TLS_CERTIFICATE_WRONG_HOST'
  // logging in
  | 'LOGIN_REFUSED'
  | 'LOGIN_NEEDS_APP_PASSWORD'
  | 'LOGIN_NOT_OFFERED'
  | 'LOGIN_THROTTLED'
  | 'IMAP_DISABLED'
  | 'PASSWORD_NEEDED'
  // reading
  | 'FOLDER_UNREADABLE'
  | 'FOLDER_UNSTABLE'
  | 'MESSAGE_UNREADABLE'
  | 'MESSAGE_GONE'
  | 'SERVER_REFUSED'
  | 'SERVER_THROTTLED'
  | 'SERVER_FLOODING'
  | 'TOO_MANY_FOLDERS'
  // logging
  | 'LOG_SENDER_UNKNOWN'
  | 'LOG_SENDER_UNVERIFIED'
  | 'CONTACT_MISSING'
  | 'THREAD_UNLOGGED'
  | 'STILL_UPDATING'
  | 'LEVEL_HIDES_IT'
  | 'NOTHING_TO_ASK'
  | 'REQUEST_PENDING'
  | 'BACKFILL_RUNNING'
  // sending
  | 'INBOX_NOT_CONNECTED'
  | 'INBOX_CHANGED'
  | 'SENDER_REFUSED'
  | 'RECIPIENT_REFUSED'
  | 'MESSAGE_REFUSED'
  | 'MESSAGE_TOO_LARGE'
  | 'MESSAGE_UNDER_WAY'
  | 'SEND_KEY_USED'
  | 'SEND_OUTCOME_UNKNOWN'
  | 'SENT_COPY_FAILED'
  // input and access
  | 'INPUT_INVALID'
  | 'ADDRESS_INVALID'
  | 'HEADER_INJECTION'
  | 'NOT_FOUND'
  | 'NOT_ALLOWED'
  | 'SITE_TOKENS_OFF'
  | 'RATE_LIMITED'
  | 'INBOX_ALREADY_CONNECTED'
  | 'CONSENT_MISSING'
  | 'RULE_INBOX_UNKNOWN'
  | 'OWNER_NOT_ALLOWED'
  | 'ADDRESS_UNCONFIRMED'
  // files
  | 'ATTACHMENT_NOT_STORED'
  | 'STORAGE_FAILED'
  | 'DATA_REFUSED'
  // this installation
  | 'KEY_MISSING'
  | 'KEY_WRONG'
  | 'LEASE_LOST'
  | 'DATABASE_BUSY'
  | 'DATABASE_NEWER'
  | 'MIGRATION_FAILED'
  | 'UNEXPECTED';

/**
 * The HTTP status of each error. 4xx: the caller can mend it; this includes a mail server that refuses a password or
 * a mail. 5xx is an alarm: 502 and 504 are failures of the other server, the others are failures of this
 * installation, or of a server that throttles. Never 401: the admin panel takes it for the end of its session.
 */
export const httpStatus: Readonly<Record<ErrorCode, number>> = {
  HOST_NOT_FOUND: 400,
  HOST_PRIVATE: 400,
  PORT_NOT_ALLOWED: 400,
  CONNECTION_REFUSED: 502,
  CONNECTION_TIMED_OUT: 504,
  CONNECTION_LOST: 502,
  PROTOCOL_MISMATCH: 502,
  TLS_NOT_OFFERED: 502,
  TLS_FAILED: 502,
  TLS_CERTIFICATE_EXPIRED: 502,
  TLS_CERTIFICATE_UNTRUSTED: 502,
  TLS_CERTIFICATE_WRONG_HOST: 502,
  LOGIN_REFUSED: 400,
  LOGIN_NEEDS_APP_PASSWORD: 400,
  LOGIN_NOT_OFFERED: 400,
  LOGIN_THROTTLED: 503,
  IMAP_DISABLED: 400,
  PASSWORD_NEEDED: 400,
  FOLDER_UNREADABLE: 502,
  FOLDER_UNSTABLE: 502,
  MESSAGE_UNREADABLE: 502,
  MESSAGE_GONE: 404,
  SERVER_REFUSED: 502,
  SERVER_THROTTLED: 503,
  SERVER_FLOODING: 502,
  TOO_MANY_FOLDERS: 502,
  LOG_SENDER_UNKNOWN: 400,
  LOG_SENDER_UNVERIFIED: 400,
  CONTACT_MISSING: 409,
  THREAD_UNLOGGED: 409,
  STILL_UPDATING: 409,
  LEVEL_HIDES_IT: 409,
  NOTHING_TO_ASK: 409,
  REQUEST_PENDING: 409,
  BACKFILL_RUNNING: 409,
  INBOX_NOT_CONNECTED: 409,
  INBOX_CHANGED: 409,
  SENDER_REFUSED: 400,
  RECIPIENT_REFUSED: 400,
  MESSAGE_REFUSED: 400,
  MESSAGE_TOO_LARGE: 413,
  MESSAGE_UNDER_WAY: 409,
  SEND_KEY_USED: 409,
  SEND_OUTCOME_UNKNOWN: 502,
  SENT_COPY_FAILED: 502,
  INPUT_INVALID: 400,
  ADDRESS_INVALID: 400,
  HEADER_INJECTION: 400,
  NOT_FOUND: 404,
  NOT_ALLOWED: 403,
  SITE_TOKENS_OFF: 403,
  RATE_LIMITED: 429,
  INBOX_ALREADY_CONNECTED: 409,
  CONSENT_MISSING: 400,
  RULE_INBOX_UNKNOWN: 400,
  OWNER_NOT_ALLOWED: 400,
  ADDRESS_UNCONFIRMED: 409,
  ATTACHMENT_NOT_STORED: 404,
  STORAGE_FAILED: 507,
  DATA_REFUSED: 507,
  KEY_MISSING: 503,
  KEY_WRONG: 503,
  LEASE_LOST: 503,
  DATABASE_BUSY: 503,
  DATABASE_NEWER: 503,
  MIGRATION_FAILED: 503,
  UNEXPECTED: 500,
};

/**
 * A failure with a plain cause and a next step, both fit to be shown to a person. `detail` is the other server's
 * answer, shortened; it never holds a credential. `retryAfterMs`: how long the other server asked not to be called;
 * 0: it may be called again at once; undefined: it said nothing, and the usual back-off holds.
 */
export class EmailConnectError extends Error {
  override readonly name = 'EmailConnectError';
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly nextStep: string,
    readonly detail: string = '',
    options: { cause?: unknown; retryAfterMs?: number | undefined } = {}
  ) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** The error itself when it is ours, else an UNEXPECTED one that keeps it as its cause. */
export const toEmailConnectError = (error: unknown): EmailConnectError =>
  error instanceof EmailConnectError
    ? error
    : new EmailConnectError(
        'UNEXPECTED',
        'Something failed that Email Connect did not foresee.',
        'Try again. If it stays, look at the server log and report it.',
        error instanceof Error ? error.message : String(error),
        { cause: error }
      );
