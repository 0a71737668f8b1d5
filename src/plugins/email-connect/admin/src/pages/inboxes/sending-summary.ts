import type { OutboxCounts as Sending } from '../../../../shared/contracts/inbox';

/** The states of mail in an inbox's outbox, the most important first. */
export const sendingStates = ['asked', 'held', 'queued', 'unknown', 'unfiled'] as const;
export type SendingState = (typeof sendingStates)[number];

/** The state of sending: `stuck` comes before `needs-you`, and that before `waits`. */
export type SendingHealth = 'idle' | 'waits' | 'needs-you' | 'stuck';

/** A working server accepts a mail within seconds. */
const stuckAfterMs = 2 * 60_000;

/** The states with mail in them, and the number of mails. */
export const sendingLines = (sending: Sending): { state: SendingState; count: number }[] =>
  sendingStates.map((state) => ({ state, count: sending[state] })).filter(({ count }) => count > 0);

/** How many mails wait for their owner's decision. */
export const undecided = ({ asked, held }: Sending): number => asked + held;

/** Since when no mail gets out; null while mail does. */
export const stuckSince = ({ waitingSince }: Sending, now: Date): string | null =>
  waitingSince !== null && now.getTime() - new Date(waitingSince).getTime() > stuckAfterMs
    ? waitingSince
    : null;

export const sendingHealth = (sending: Sending, now: Date): SendingHealth => {
  if (stuckSince(sending, now) !== null) return 'stuck';
  if (undecided(sending) > 0) return 'needs-you';
  return sendingLines(sending).length > 0 ? 'waits' : 'idle';
};
