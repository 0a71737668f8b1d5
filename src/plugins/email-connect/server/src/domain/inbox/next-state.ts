import type { ErrorCode } from '../errors';
import type { InboxState } from './inbox';

const FIRST_WAIT_MS = 2_000;
const GROWTH = 1.5;
const LONGEST_WAIT_MS = 30_000;
const THROTTLED_WAIT_MS = 15 * 60_000;
const FLOODED_WAIT_MS = 60_000;
const FLOODED_GROWTH = 2;
const NEEDS_YOU_WAIT_MS = 60 * 60_000;
const JITTER_MS = 1_000;

/** The provider says that we connect too often; a new attempt soon prolongs the block. */
const THROTTLED: ReadonlySet<ErrorCode> = new Set(['LOGIN_THROTTLED', 'SERVER_THROTTLED']);

/**
 * Waiting heals none of these: someone has to enter, allow or renew something. Repeated logins could lock the user
 * out.
 */
const NEEDS_YOU: ReadonlySet<ErrorCode> = new Set([
  'HOST_PRIVATE',
  'PORT_NOT_ALLOWED',
  'TLS_NOT_OFFERED',
  'TLS_CERTIFICATE_EXPIRED',
  'TLS_CERTIFICATE_UNTRUSTED',
  'TLS_CERTIFICATE_WRONG_HOST',
  'PROTOCOL_MISMATCH',
  'LOGIN_REFUSED',
  'LOGIN_NEEDS_APP_PASSWORD',
  'LOGIN_NOT_OFFERED',
  'IMAP_DISABLED',
  'TOO_MANY_FOLDERS',
  'INBOX_NOT_CONNECTED',
  'CONSENT_MISSING',
  'KEY_MISSING',
  'KEY_WRONG',
]);

/**
 * The state of an inbox after its `consecutiveFailures`-th failure in a row, and how long it rests in milliseconds.
 * `jitter`, 0..1, spreads inboxes that failed together. `retryAfterMs`: what the server asked for, if it did.
 */
export const stateAfterFailure = (
  code: ErrorCode,
  consecutiveFailures: number,
  jitter: number,
  retryAfterMs: number | null = null
): { state: InboxState; waitMs: number } => {
  const state = NEEDS_YOU.has(code) ? 'needs-you' : 'backing-off';
  const restMs =
    state === 'backing-off' && retryAfterMs !== null
      ? bounded(retryAfterMs)
      : restOf(code, consecutiveFailures);
  return { state, waitMs: Math.round(restMs + jitter * JITTER_MS) };
};

/** The wait that a server asks for, within bounds: never none at all, and never a day. */
const bounded = (ms: number): number => Math.min(Math.max(ms, FIRST_WAIT_MS), NEEDS_YOU_WAIT_MS);

const restOf = (code: ErrorCode, consecutiveFailures: number): number => {
  if (NEEDS_YOU.has(code)) return NEEDS_YOU_WAIT_MS;
  if (THROTTLED.has(code)) return THROTTLED_WAIT_MS;
  const before = Math.max(0, consecutiveFailures - 1);
  // Each time costs a second of a processor; what a person started (a large folder emptied) is over by then.
  if (code === 'SERVER_FLOODING')
    return Math.min(THROTTLED_WAIT_MS, FLOODED_WAIT_MS * FLOODED_GROWTH ** before);
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * GROWTH ** before);
};
