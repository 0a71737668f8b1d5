import { unreachable } from '../../../../shared/unreachable';
import type { ErrorCode } from '../errors';
import type { SentCopyMode } from '../inbox/inbox';
import { unsentStages } from './stage';
import type { OutgoingStage } from './stage';
import { submissionFailures } from './submission-failures';

/** What happens to a mail on its way out. */
export type OutgoingEvent =
  /** The server has it, whatever was believed meanwhile. `refused`: the recipients it does not deliver to. */
  | { kind: 'taken'; refused: readonly string[] }
  /**
   * An attempt ended without the server's yes. `isDoubted`: an earlier attempt may have gone out. `isAnswered`: the server
   * itself refused it, which is evidence like its yes.
   */
  | { kind: 'not-taken'; failure: OutgoingFailure; attempts: number; isDoubted: boolean; isAnswered: boolean }
  /** Its holder was heard of no more. */
  | { kind: 'claim-ran-out' }
  /** It was looked for in Sent and not found there. `looks`: how often by now. */
  | { kind: 'not-found'; sentCopy: SentCopyMode; looks: number }
  /** How its copy came into Sent, or why there is none. */
  | { kind: 'filed' }
  /** `isKnown`: the server said no, so it did not file it. `tries`: how often it was tried by now. */
  | { kind: 'not-filed'; message: string; isKnown: boolean; tries: number }
  /** Another mail of its inbox was just refused the login: asking for each would lock the account (c25). */
  | { kind: 'put-off'; failure: OutgoingFailure }
  /** Its inbox may have another password now. */
  | { kind: 'taken-up' }
  /** Its owner lets a held mail go. `isAsComposed`: the inbox still has the address and the login it was composed for. */
  | { kind: 'released'; isAsComposed: boolean }
  | { kind: 'cancelled' }
  /** A person says what became of it. */
  | { kind: 'settled'; wentOut: boolean };

/** As a person reads it. */
export interface OutgoingFailure {
  code: ErrorCode;
  message: string;
  nextStep: string;
  /** What the server said, shortened. */
  detail: string;
}

/** Where an event leads, from where only, and what is told. */
export interface Transition {
  /** A mail that stands elsewhere by now stays as it is. */
  from: readonly OutgoingStage[];
  to: OutgoingStage;
  /** ms until the next step, by the database's clock; null: nothing happens by itself. */
  waitMs: number | null;
  failure: OutgoingFailure | null;
}

const MINUTE_MS = 60_000;
/** Waits after the first, second, ... failed attempt; then the mail is refused and its writer is told. */
const WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS, 360 * MINUTE_MS];
/** Long enough for a provider that files sent mail itself to have done so. */
const LOOK_WAIT_MS = 2 * MINUTE_MS;
const LOOKS = 3;
/** After the first, second, ... copy that could not be filed; the last one holds on. */
const COPY_WAITS_MS = [5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS, 360 * MINUTE_MS];
/** By then a server has ended an APPEND whose connection broke, so that a search finds what it kept. */
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
  // Nothing went out this time. Whether it did before, still nobody knows.
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
 * When a step is due again if whoever takes it now is never heard of: counted before it begins, so that a step which
 * kills its process is not taken at once by the next one. ms.
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

/** What passes says that it is tried again. */
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

/** What becomes of each mail of an inbox that was disconnected: nothing of it is tried any more. */
export const disconnections: readonly Transition[] = [
  { from: ['queued'], to: 'held', waitMs: null, failure: heldBack },
  { from: ['unknown'], to: 'asked', waitMs: null, failure: nobodyKnows },
  { from: ['sent'], to: 'filed', waitMs: null, failure: neverFiled },
];
