import { EmailConnectError } from '../errors';

/**
 * Actions with a limit. Each admin user has a count of their own for: `send`: mail sent; `connect`: connection tests,
 * inboxes connected and edited, each of which logs in to two servers; `look`: searches, explanations and trials,
 * which read in a mailbox; `log`: mail logged by hand, suggestions answered. `login` counts refused logins to one
 * mailbox, whoever tries.
 */
export type LimitedAction = 'send' | 'connect' | 'look' | 'log' | 'login';

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
  const later = `ry again in ${durationWords(retryAfterMs)}.`;
  const [message, nextStep] =
    action === 'login'
      ? [
          `The login to this mailbox was tried ${often}, by you or others.`,
          `Check the password, and t${later}`,
        ]
      : [`You have tried this ${often}.`, `T${later}`];
  return new EmailConnectError('RATE_LIMITED', message, nextStep, '', { retryAfterMs });
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
