import { unreachable } from '../../../../shared/unreachable';
import type { ErrorCode } from '../errors';
import type { SentCopyMode } from '../inbox/inbox';
import { unsentStages } from './stage';
import type { OutgoingStage } from './stage';
import { submissionFailures } from './submission-failures';

/** What happens to a mail on its way out. */
export type OutgoingEvent =
  /**
   * The server accepted the mail, whatever was believed meanwhile. `refused`: the recipients it does not deliver to.
   */
  | { kind: 'taken'; refused: readonly string[] }
  /**
   * An attempt ended without the server's acceptance. `isDoubted`: an earlier attempt may have gone out.
   * `isAnswered`: the server itself refused the mail, which is as certain as its acceptance.
   */
  | { kind: 'not-taken'; failure: OutgoingFailure; attempts: number; isDoubted: boolean; isAnswered: boolean }
  /** The process that held the claim did not renew it. */
  | { kind: 'claim-ran-out' }
  /** The mail was looked for in Sent and not found. `looks`: how many times so far. */
  | { kind: 'not-found'; sentCopy: SentCopyMode; looks: number }
  /** The copy came into Sent, or it is known why there is none. */
  | { kind: 'filed' }
  /**
   * The copy could not be filed. `isKnown`: the server said no, so it did not file the copy. `tries`: attempts so
   * far.
   */
  | { kind: 'not-filed'; message: string; isKnown: boolean; tries: number }
  /** Another mail of its inbox was just refused the login: a login for each mail would lock the account (c25). */
  | { kind: 'put-off'; failure: OutgoingFailure }
  /** The password of its inbox may have changed. */
  | { kind: 'taken-up' }
  /**
   * The owner releases a held mail. `isAsComposed`: the inbox still has the address and the login that the mail was
   * composed for.
   */
  | { kind: 'released'; isAsComposed: boolean }
  | { kind: 'cancelled' }
  /** A person says whether the mail went out. */
  | { kind: 'settled'; wentOut: boolean };

/** A failure in the words that a person reads. */
export interface OutgoingFailure {
  code: ErrorCode;
  message: string;
  nextStep: string;
  /** What the server said, shortened. */
  detail: string;
}

/** The stage an event leads to, the stages it may come from, and what is told. */
export interface Transition {
  /** A mail in any other stage stays as it is. */
  from: readonly OutgoingStage[];
  to: OutgoingStage;
  /** ms until the next step, by the database's clock; null: no step follows by itself. */
  waitMs: number | null;
  failure: OutgoingFailure | null;
}

const MINUTE_MS = 60_000;
/** Waits after the first, second, ... failed attempt; then the mail is refused and its writer is told. */
const WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS, 360 * MINUTE_MS];
/** Long enough for a provider that files sent mail itself to have done so. */
const LOOK_WAIT_MS = 2 * MINUTE_MS;
const LOOKS = 3;
/** Waits after the first, second, ... copy that could not be filed; the last wait repeats. */
const COPY_WAITS_MS = [5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS, 360 * MINUTE_MS];
/** By then a server has finished an APPEND whose connection broke, so that a search finds the copy if it was kept. */
const APPEND_ENDS_MS = 15 * MINUTE_MS;

/** It is about the copy in Sent only: that the mail was sent is on record already. */
export const isCopyStep = ({ from }: Pick<Transition, 'from'>): boolean => from.includes('sent');

/** The one table of outcomes: what is stored, when it is tried next and what the person is told follow from it alone. */
export const transitionOf = (event: OutgoingEvent): Transition => {
  switch (event.kind) {
    case 'taken':
      return { from: unsentStages, to: 'sent', waitMs: 0, failure: partlyRefused(event.refused) };
    case 'not-taken':
      return notTaken(event);
    case 'claim-ran-out':
      return { from: ['submitting'], to: 'unknown', waitMs: LOOK_WAIT_MS, failure: lookedFor };
    case 'not-found':
      return event.sentCopy === 'server' && event.looks < LOOKS
        ? { from: ['unknown'], to: 'unknown', waitMs: LOOK_WAIT_MS, failure: lookedFor }
        : { from: ['unknown'], to: 'asked', waitMs: null, failure: nobodyKnows };
    case 'filed':
      return { from: ['sent'], to: 'filed', waitMs: null, failure: null };
    case 'not-filed':
      return notFiled(event);
    case 'put-off':
      return { from: ['queued'], to: 'queued', waitMs: putOffLoginMs(event.failure), failure: event.failure };
    case 'taken-up':
      return { from: ['queued'], to: 'queued', waitMs: 0, failure: null };
    case 'released':
      return event.isAsComposed
        ? { from: ['held'], to: 'queued', waitMs: 0, failure: null }
        : { from: ['held'], to: 'refused', waitMs: null, failure: composedForAnother };
    case 'cancelled':
      return { from: ['queued', 'held'], to: 'cancelled', waitMs: null, failure: null };
    case 'settled':
      return event.wentOut
        ? { from: ['asked'], to: 'sent', waitMs: 0, failure: null }
        : { from: ['asked'], to: 'ended', waitMs: null, failure: didNotGoOut };
    default:
      return unreachable(event);
  }
};

const notTaken = (event: Extract<OutgoingEvent, { kind: 'not-taken' }>): Transition => {
  const { failure, attempts, isDoubted, isAnswered } = event;
  const kind = submissionFailures[failure.code];
  if (kind === 'unknown') {
    return { from: ['submitting'], to: 'unknown', waitMs: LOOK_WAIT_MS, failure: lookedFor };
  }
  // Nothing went out in this attempt. Whether an earlier one went out is still unknown.
  if (isDoubted) return { from: ['submitting'], to: 'asked', waitMs: null, failure: againInVain(failure) };
  if (kind === 'held') return { from: ['submitting'], to: 'held', waitMs: null, failure: heldBack };
  const waitMs = WAITS_MS[attempts - 1];
  if (kind === 'passes' && waitMs !== undefined) {
    return { from: ['submitting'], to: 'queued', waitMs, failure };
  }
  const from: OutgoingStage[] = isAnswered ? ['submitting', 'unknown', 'asked'] : ['submitting'];
  return { from, to: 'refused', waitMs: null, failure: kind === 'passes' ? givenUp(failure) : failure };
};

const notFiled = ({
  message,
  isKnown,
  tries,
}: Extract<OutgoingEvent, { kind: 'not-filed' }>): Transition => ({
  from: ['sent'],
  to: 'sent',
  waitMs: Math.max(copyWaitMs(tries), isKnown ? 0 : APPEND_ENDS_MS),
  failure: told(
    'SENT_COPY_FAILED',
    `The mail was sent, but its copy is not in Sent yet: ${message}`,
    'It is tried again by itself.'
  ),
});

const putOffLoginMs = ({ code }: OutgoingFailure): number =>
  submissionFailures[code] === 'passes' ? 5 * MINUTE_MS : 60 * MINUTE_MS;

const copyWaitMs = (tries: number): number =>
  COPY_WAITS_MS[Math.min(Math.max(tries, 1), COPY_WAITS_MS.length) - 1] ?? MINUTE_MS;

/**
 * When a step is due again if the process that takes it now dies: set before the step begins, so that the next
 * process does not at once repeat a step that kills processes. ms.
 */
export const putOffMs = (stage: OutgoingStage, attempts: number): number => {
  if (stage === 'sent') return APPEND_ENDS_MS;
  if (stage === 'unknown') return LOOK_WAIT_MS;
  return WAITS_MS[attempts] ?? MINUTE_MS;
};

const told = (code: ErrorCode, message: string, nextStep: string): OutgoingFailure => ({
  code,
  message,
  nextStep,
  detail: '',
});

const partlyRefused = (refused: readonly string[]): OutgoingFailure | null =>
  refused.length === 0
    ? null
    : told(
        'RECIPIENT_REFUSED',
        `It was sent, but the server does not deliver to ${refused.join(', ')}.`,
        'Correct the address, and send the mail to it alone.'
      );

const BROKE = 'The connection broke while this mail was handed over';

const lookedFor = told(
  'SEND_OUTCOME_UNKNOWN',
  `${BROKE}: it may have been sent.`,
  'It is looked for in Sent; nothing is sent again by itself.'
);

const nobodyKnows = told(
  'SEND_OUTCOME_UNKNOWN',
  `${BROKE}, and nobody knows whether it was sent.`,
  'Ask the recipient, then say what became of it, or send it again.'
);

const againInVain = ({ message, detail }: OutgoingFailure): OutgoingFailure => ({
  ...nobodyKnows,
  message: `${nobodyKnows.message} Sending it again failed: ${message}`,
  detail,
});

/** A failure that passes tells its reader that the mail is tried again; now it is not. */
const givenUp = (failure: OutgoingFailure): OutgoingFailure => ({
  ...failure,
  nextStep: 'It is tried no more: edit it and send it again.',
});

const heldBack = told(
  'INBOX_NOT_CONNECTED',
  'Its inbox was disconnected before it went out.',
  'Connect the inbox again and send it, or cancel it.'
);

const neverFiled = told(
  'SENT_COPY_FAILED',
  'The mail was sent. Its inbox was disconnected before a copy was put into Sent.',
  'Nothing to do here.'
);

const composedForAnother = told(
  'INBOX_CHANGED',
  'Its inbox has another address or login now.',
  'Edit the mail and send it again.'
);

const didNotGoOut = told(
  'SEND_OUTCOME_UNKNOWN',
  'A person said that it did not go out.',
  'Nothing to do here.'
);

/** What becomes of each mail of an inbox that was disconnected: none of it is tried any more. */
export const disconnections: readonly Transition[] = [
  { from: ['queued'], to: 'held', waitMs: null, failure: heldBack },
  { from: ['unknown'], to: 'asked', waitMs: null, failure: nobodyKnows },
  { from: ['sent'], to: 'filed', waitMs: null, failure: neverFiled },
];
