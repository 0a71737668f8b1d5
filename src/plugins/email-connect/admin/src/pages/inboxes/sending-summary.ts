import type { InboxAnswer } from '../../../../shared/contracts/inbox';

type Sending = InboxAnswer['sending'];

/** What stands in an inbox's outbox, in the order in which it matters. */
export const sendingStates = ['asked', 'held', 'queued', 'unknown', 'unfiled'] as const;
export type SendingState = (typeof sendingStates)[number];

/** How sending goes, in a word: `stuck` before `needs-you`, and that before `waits`. */
export type SendingHealth = 'idle' | 'waits' | 'needs-you' | 'stuck';

/** A server that is well takes a mail within seconds. */
const stuckAfterMs = 2 * 60_000;

/** The states in which there is mail, with how many. */
export const sendingLines = (sending: Sending): { state: SendingState; count: number }[] =>
  sendingStates.map((state) => ({ state, count: sending[state] })).filter(({ count }) => count > 0);

/** Mail that waits for a word of its owner. */
export const undecided = ({ asked, held }: Sending): number => asked + held;

/** Since when mail does not get through; null while it does. */
export const stuckSince = ({ waitingSince }: Sending, now: Date): string | null =>
  waitingSince !== null && now.getTime() - new Date(waitingSince).getTime() > stuckAfterMs
    ? waitingSince
    : null;

export const sendingHealth = (sending: Sending, now: Date): SendingHealth => {
  if (stuckSince(sending, now) !== null) return 'stuck';
  if (undecided(sending) > 0) return 'needs-you';
  return sendingLines(sending).length > 0 ? 'waits' : 'idle';
};
