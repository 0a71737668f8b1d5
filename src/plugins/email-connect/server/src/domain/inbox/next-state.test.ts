import type { ErrorCode } from '../errors';
import { stateAfterFailure } from './next-state';

const MINUTE = 60_000;

it.each<[ErrorCode, number, string, number]>([
  ['CONNECTION_LOST', 1, 'backing-off', 2_000],
  ['CONNECTION_LOST', 2, 'backing-off', 3_000],
  ['CONNECTION_REFUSED', 3, 'backing-off', 4_500],
  ['CONNECTION_TIMED_OUT', 7, 'backing-off', 22_781],
  ['CONNECTION_TIMED_OUT', 8, 'backing-off', 30_000],
  ['HOST_NOT_FOUND', 10_000, 'backing-off', 30_000],
  ['TLS_FAILED', 1, 'backing-off', 2_000],
  ['SERVER_REFUSED', 1, 'backing-off', 2_000],
  ['STORAGE_FAILED', 1, 'backing-off', 2_000],
  ['UNEXPECTED', 1, 'backing-off', 2_000],
  ['CONNECTION_LOST', 0, 'backing-off', 2_000],
  ['LOGIN_THROTTLED', 1, 'backing-off', 15 * MINUTE],
  ['SERVER_THROTTLED', 9, 'backing-off', 15 * MINUTE],
  ['SERVER_FLOODING', 1, 'backing-off', MINUTE],
  ['SERVER_FLOODING', 2, 'backing-off', 2 * MINUTE],
  ['SERVER_FLOODING', 5, 'backing-off', 15 * MINUTE],
  ['TOO_MANY_FOLDERS', 1, 'needs-you', 60 * MINUTE],
  ['PORT_NOT_ALLOWED', 1, 'needs-you', 60 * MINUTE],
  ['LOGIN_REFUSED', 1, 'needs-you', 60 * MINUTE],
  ['LOGIN_NEEDS_APP_PASSWORD', 1, 'needs-you', 60 * MINUTE],
  ['LOGIN_NOT_OFFERED', 1, 'needs-you', 60 * MINUTE],
  ['IMAP_DISABLED', 1, 'needs-you', 60 * MINUTE],
  ['HOST_PRIVATE', 1, 'needs-you', 60 * MINUTE],
  ['TLS_NOT_OFFERED', 1, 'needs-you', 60 * MINUTE],
  ['TLS_CERTIFICATE_EXPIRED', 1, 'needs-you', 60 * MINUTE],
  ['TLS_CERTIFICATE_UNTRUSTED', 1, 'needs-you', 60 * MINUTE],
  ['TLS_CERTIFICATE_WRONG_HOST', 1, 'needs-you', 60 * MINUTE],
  ['KEY_MISSING', 1, 'needs-you', 60 * MINUTE],
  ['KEY_WRONG', 50, 'needs-you', 60 * MINUTE],
])('a.13: %s for the %ith time: %s, %i ms', (code, failures, state, waitMs) => {
  expect(stateAfterFailure(code, failures, 0)).toEqual({ state, waitMs });
});

it('spreads inboxes that failed together over a second', () => {
  expect(stateAfterFailure('CONNECTION_LOST', 1, 0.5).waitMs).toBe(2_500);
  expect(stateAfterFailure('CONNECTION_LOST', 99, 1).waitMs).toBe(31_000);
});
