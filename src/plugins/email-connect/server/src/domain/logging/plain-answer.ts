import { unreachable } from '../../../../shared/unreachable';
import type { HoldCode, IgnoreReason, Verdict } from './verdict';

/**
 * Whether the place of a message was read so far. `before-connection`: the message is older than the connection of
 * the inbox, from which on mail is read (S7).
 */
export type ReadingState = 'read' | 'not-yet' | 'before-connection' | 'not-watched';

/** Why the message is not logged. Sentences that name no address and no subject. */
const IGNORED: Record<IgnoreReason, string> = {
  'no-known-reference': 'It belongs to no logged conversation, so nothing of it is kept.',
  'thread-unlogged': 'Its conversation was un-logged, and stays so.',
  'thread-muted': 'Its conversation is muted: what comes is not logged.',
  'contact-paused': 'Mail with its contact is paused.',
  'never-log-rule': 'A never-log rule keeps it out.',
  'side-conversation': 'No contact of the conversation takes part in it.',
  draft: 'It is a draft: nobody got it yet.',
  removed: 'Somebody removed it here, and it stays so.',
  'unknown-own-id': 'It answers mail that was sent from here, but there is no record of that mail any more.',
};

const HELD: Record<HoldCode, string> = {
  LOG_SENDER_UNKNOWN: 'It came to the log address from somebody who is not of the team, and is held back.',
  LOG_SENDER_UNVERIFIED:
    'It came to the log address, but it is not proven that the team sent it, and is held back.',
};

const UNREAD: Record<Exclude<ReadingState, 'read'>, string> = {
  'not-yet': 'The next check of its folder reads it.',
  'before-connection': 'It is older than what is read: ask for older mail, or log it now.',
  'not-watched': 'Its folder is not watched: watch it, or move the message to one that is.',
};

/** "Why is this mail (not) here?" in one or two plain sentences (P9). */
export const plainAnswer = (verdict: Verdict, reading: ReadingState, isQuarantined: boolean): string => {
  switch (verdict.kind) {
    case 'known':
      return 'It is logged.';
    case 'log':
      return `${verdict.begins ? 'It is to be logged.' : 'It belongs to a logged conversation.'} ${whyNotYet(reading, isQuarantined)}`;
    case 'ask':
      return 'It is likely, but not certain, that it belongs to a logged conversation: a person decides.';
    case 'inspect':
      return verdict.part === 'trace'
        ? HELD.LOG_SENDER_UNVERIFIED
        : 'It is an automatic message, and what it is about could not be read.';
    case 'unlog':
      return 'Its folder is for un-logging: its conversation is un-logged.';
    case 'hold':
      return HELD[verdict.code];
    case 'ignore':
      return IGNORED[verdict.reason];
    default:
      return unreachable(verdict);
  }
};

const whyNotYet = (reading: ReadingState, isQuarantined: boolean): string => {
  if (isQuarantined) return 'It could not be read and is tried again.';
  if (reading !== 'read') return UNREAD[reading];
  return 'It was not so when it was read: log it now.';
};
