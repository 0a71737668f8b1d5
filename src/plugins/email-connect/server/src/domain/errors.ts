/** Every failure a person or program can meet. Each has its page in docs/errors.md. */
export type ErrorCode =
  // reaching a server
  | 'HOST_NOT_FOUND'
  | 'HOST_PRIVATE'
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
  // reading
  | 'FOLDER_UNREADABLE'
  | 'FOLDER_UNSTABLE'
  | 'MESSAGE_UNREADABLE'
  | 'SERVER_REFUSED'
  | 'SERVER_THROTTLED'
  // logging
  | 'LOG_SENDER_UNKNOWN'
  | 'LOG_SENDER_UNVERIFIED'
  | 'THREAD_UNLOGGED'
  | 'REQUEST_PENDING'
  | 'BACKFILL_RUNNING'
  // sending
  | 'INBOX_NOT_CONNECTED'
  | 'SENDER_REFUSED'
  | 'RECIPIENT_REFUSED'
  | 'MESSAGE_REFUSED'
  | 'MESSAGE_TOO_LARGE'
  | 'SEND_OUTCOME_UNKNOWN'
  | 'SENT_COPY_FAILED'
  // input and access
  | 'INPUT_INVALID'
  | 'ADDRESS_INVALID'
  | 'HEADER_INJECTION'
  | 'NOT_FOUND'
  | 'NOT_ALLOWED'
  | 'INBOX_ALREADY_CONNECTED'
  | 'CONSENT_MISSING'
  // files
  | 'ATTACHMENT_NOT_STORED'
  | 'STORAGE_FAILED'
  // this installation
  | 'KEY_MISSING'
  | 'KEY_WRONG'
  | 'LEASE_LOST'
  | 'DATABASE_NEWER'
  | 'MIGRATION_FAILED'
  | 'UNEXPECTED';

/**
 * A failure with a plain cause and a next step, both fit to be shown to a person.
 * `detail` is what the other side said, shortened; it never holds a credential.
 * `retryAfterMs`: the other side asked to be left alone for so long, 0: it may be asked again at once; undefined: it said
 * nothing, and the usual back-off holds.
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
