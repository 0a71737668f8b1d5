import type { SentCopyMode } from '../inbox/inbox';

export type LookInSentNext =
  | { kind: 'sent' }
  | { kind: 'look-again'; waitMs: number; message: string }
  | { kind: 'submit-again'; waitMs: number; message: string }
  | { kind: 'ask-a-person'; message: string };

const LOOKS = 3;
const WAIT_MS = 2 * 60_000;

/**
 * What is known of a message whose submission broke off, after `attempts` attempts and looks.
 * Only a provider that files sent mail itself proves by an empty Sent folder that nothing went out;
 * elsewhere a second submission could be a second mail, so a person decides.
 */
export const afterLookInSent = (look: {
  found: boolean;
  sentCopy: SentCopyMode;
  attempts: number;
}): LookInSentNext => {
  if (look.found) return { kind: 'sent' };
  if (look.sentCopy !== 'server') {
    return {
      kind: 'ask-a-person',
      message:
        'The connection broke while this mail was handed over: it may have been sent. Ask the recipient, or send it again.',
    };
  }
  return look.attempts < LOOKS
    ? {
        kind: 'look-again',
        waitMs: WAIT_MS,
        message: 'The connection broke while this mail was handed over; looking for it in Sent.',
      }
    : {
        kind: 'submit-again',
        waitMs: 0,
        message: 'The mail is not in Sent, so it did not go out; it is sent again.',
      };
};
