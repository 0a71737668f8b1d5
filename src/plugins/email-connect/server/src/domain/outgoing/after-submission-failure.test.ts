import type { ErrorCode } from '../errors';
import { afterSubmissionFailure } from './after-submission-failure';

const MINUTE = 60_000;

test.each<[ErrorCode, number, string, string, number | null]>([
  ['CONNECTION_REFUSED', 1, 'submit', 'queued', MINUTE],
  ['CONNECTION_TIMED_OUT', 2, 'submit', 'queued', 5 * MINUTE],
  ['LOGIN_REFUSED', 5, 'submit', 'queued', 360 * MINUTE],
  ['CONNECTION_REFUSED', 6, 'failed', 'failed', null],
  ['RECIPIENT_REFUSED', 1, 'failed', 'failed', null],
  ['MESSAGE_TOO_LARGE', 1, 'failed', 'failed', null],
  ['SEND_OUTCOME_UNKNOWN', 1, 'verify', 'unknown', 2 * MINUTE],
  ['SEND_OUTCOME_UNKNOWN', 9, 'verify', 'unknown', 2 * MINUTE],
])('S14: %s at attempt %i: %s, shown as %s', (code, attempts, stage, deliveryStatus, waitMs) => {
  expect(afterSubmissionFailure(code, attempts)).toEqual({ stage, deliveryStatus, waitMs });
});
