import { unreachable } from '../../../../shared/unreachable';
import { EmailConnectError } from '../errors';

/**
 * What each admin user has a count of their own for: `send`: mail sent; `connect`: connection tests, inboxes connected
 * and edited, each of which logs in to two servers; `look`: searches, explanations and trials, which read in a
 * mailbox; `log`: mail logged by hand, suggestions answered.
 */
export type RequestedAction = 'send' | 'connect' | 'look' | 'log';

/**
 * Refused logins. `own-login`: those of one person to one mailbox; `login`: those to one mailbox, whoever tries;
 * `server-login`: those at one server, to whichever mailbox.
 */
export type CountedLogin = 'own-login' | 'login' | 'server-login';

export type LimitedAction = RequestedAction | CountedLogin;

/** At most `times` in a window that begins with the first action. */
export interface Limit {
  times: number;
  windowMs: number;
}

/** A limit that is used up. */
export interface LimitReached extends Limit {
  /** Until the window ends, > 0. */
  retryAfterMs: number;
  /** Whether the limit was not used up before. */
  isFirst: boolean;
}

/** RATE_LIMITED, in the words of the person who is refused. */
export const tooOften = (
  action: LimitedAction,
  { times, windowMs, retryAfterMs }: LimitReached
): EmailConnectError => {
  const often = `${times} ${times === 1 ? 'time' : 'times'} in ${durationWords(windowMs)}`;
  const [message, nextStep] = wordsOf(action, often, durationWords(retryAfterMs));
  return new EmailConnectError('RATE_LIMITED', message, nextStep, '', { retryAfterMs });
};

const wordsOf = (action: LimitedAction, often: string, wait: string): [message: string, nextStep: string] => {
  switch (action) {
    case 'own-login':
      return [
        `You have tried the login to this mailbox ${often}.`,
        `Check the password, and try again in ${wait}.`,
      ];
    case 'login':
      return [
        `The login to this mailbox was tried ${often}, by you or others.`,
        `Check the password, and try again in ${wait}.`,
      ];
    case 'server-login':
      return [
        `Logins at this mail server were refused ${often}, yours or those of others.`,
        `Try again in ${wait}.`,
      ];
    case 'send':
    case 'connect':
    case 'look':
    case 'log':
      return [`You have tried this ${often}.`, `Try again in ${wait}.`];
    default:
      return unreachable(action);
  }
};

const units = [
  { ms: 3_600_000, name: 'hour' },
  { ms: 60_000, name: 'minute' },
  { ms: 1000, name: 'second' },
] as const;

/** In the largest unit that the time fills, rounded up: nobody shall come back too early. */
const durationWords = (ms: number): string => {
  const unit = units.find((candidate) => ms >= candidate.ms) ?? units[2];
  const count = Math.ceil(ms / unit.ms);
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
};
