import { unreachable } from '../../../../shared/unreachable';
import type { LinkedContact } from '../outgoing/outgoing';

/** What is known before a mail is logged because a person asked for it. */
export interface StandingFacts {
  /** The contacts that stand on its thread once it is logged, without the chosen one. */
  standing: readonly LinkedContact[];
  /** The contact that the person chose, and whether its record is there; null: they chose none. */
  chosen: { contact: LinkedContact; isThere: boolean } | null;
  /** `begins`: the mail begins the thread. `own`: the thread came into being in the same inbox. */
  thread: 'begins' | 'own' | 'foreign';
}

/** `log`: put `chosen` on the thread as well, unless it is null. */
export type Standing =
  | { kind: 'log'; chosen: LinkedContact | null }
  | { kind: 'refuse'; because: 'no-contact' | 'chosen-is-gone' | 'foreign-thread' };

/**
 * Whether somebody stands on the thread of a mail that is logged by hand (S45). A chosen contact opens the thread to
 * everybody who may see that contact, so it is put only on a thread that this mail begins, or on one of the same inbox
 * that nobody stands on: otherwise a mail that cites a foreign conversation would open it (S24).
 */
export const standingOf = ({ standing, chosen, thread }: StandingFacts): Standing => {
  if (chosen && !chosen.isThere) return { kind: 'refuse', because: 'chosen-is-gone' };
  if (chosen === null) return standing.length > 0 ? plainly : { kind: 'refuse', because: 'no-contact' };
  switch (thread) {
    case 'begins':
      return { kind: 'log', chosen: chosen.contact };
    case 'own':
      return standing.length > 0 ? plainly : { kind: 'log', chosen: chosen.contact };
    case 'foreign':
      return standing.length > 0 ? plainly : { kind: 'refuse', because: 'foreign-thread' };
    default:
      return unreachable(thread);
  }
};

const plainly: Standing = { kind: 'log', chosen: null };
