import type { LinkedContact } from '../outgoing/outgoing';

/** What is known of a mail that is logged because a person asked for it. */
export interface AskedFacts {
  /** The records on which it would stand by itself. */
  standsOn: readonly LinkedContact[];
  /** The contact that the person chose, and whether its record is there; null: they chose none. */
  chosen: { contact: LinkedContact; isThere: boolean } | null;
  /** It begins its conversation. */
  begins: boolean;
}

export type AskedRefusal = 'no-contact' | 'chosen-is-gone';

/** `log`: on `chosen` as well, unless it is null. */
export type AskedAnswer =
  { kind: 'log'; chosen: LinkedContact | null } | { kind: 'refuse'; because: AskedRefusal };

/**
 * A person logs no mail that would stand on no contact, where nobody looks for it (S45). The chosen contact is put on
 * what would stand on none, and on what begins a conversation. Within a conversation of others the records of its
 * people decide: whoever answers the mail later stands in for the chosen contact, and a forged mail that names these
 * people would show their mail there (S24).
 */
export const answerAsked = ({ standsOn, chosen, begins }: AskedFacts): AskedAnswer => {
  if (chosen && !chosen.isThere) return { kind: 'refuse', because: 'chosen-is-gone' };
  if (chosen && (begins || standsOn.length === 0)) return { kind: 'log', chosen: chosen.contact };
  return standsOn.length > 0 ? { kind: 'log', chosen: null } : { kind: 'refuse', because: 'no-contact' };
};
