import type { ErrorCode } from '../errors';
import type { DeliveryStatus } from './outgoing';

/** Where the message stands after a failed submission, and when the next step is due; null: never. */
export interface SubmissionNext {
  /** `verify`: the data may be with the server; look in Sent before anything else. */
  stage: 'submit' | 'verify' | 'failed';
  deliveryStatus: Extract<DeliveryStatus, 'queued' | 'unknown' | 'failed'>;
  waitMs: number | null;
}

const MINUTE = 60_000;
/** Waits after the first, second, ... failed attempt; then the message fails and its writer is told. */
const WAITS_MS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * 60 * MINUTE, 6 * 60 * MINUTE];
/** Long enough for a provider that files sent mail itself to have done so. */
const VERIFY_WAIT_MS = 2 * MINUTE;

/** The server has read the message or its addresses and said no: asking again changes nothing. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'SENDER_REFUSED',
  'RECIPIENT_REFUSED',
  'MESSAGE_REFUSED',
  'MESSAGE_TOO_LARGE',
  'ATTACHMENT_NOT_STORED',
]);

/** What happens to a message after its `attempts`-th submission failed with this code. */
export const afterSubmissionFailure = (code: ErrorCode, attempts: number): SubmissionNext => {
  if (code === 'SEND_OUTCOME_UNKNOWN')
    return { stage: 'verify', deliveryStatus: 'unknown', waitMs: VERIFY_WAIT_MS };
  const waitMs = WAITS_MS[attempts - 1];
  if (REFUSALS.has(code) || waitMs === undefined)
    return { stage: 'failed', deliveryStatus: 'failed', waitMs: null };
  return { stage: 'submit', deliveryStatus: 'queued', waitMs };
};
