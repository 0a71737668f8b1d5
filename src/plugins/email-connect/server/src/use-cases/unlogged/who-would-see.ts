import type { NamedAddress } from '../../../../shared/contracts/address';
import { normalizeAddress } from '../../domain/address/address';
import type { DecisionContext } from '../../domain/logging/decision-context';
import { outsidersOf } from '../../domain/logging/outsiders';
import type { Candidate, MessageHeaders } from '../../domain/message/message';
import type { LinkedContact } from '../../domain/outgoing/outgoing';
import type { Ports } from '../../ports';
import { contactsFor, decideAll, factsFor } from '../reading';

/** Who would stand on the conversation of a mail if it were logged now. */
export interface Audience {
  contacts: LinkedContact[];
  /** It begins the conversation. */
  begins: boolean;
  /** Everyone on it who is not of the team, its author first, each once. */
  people: NamedAddress[];
}

/** null when the mail is not to be logged even if a person asks for it. `context`: as for a mail logged by hand. */
export const whoWouldSee = async (
  ports: Pick<Ports, 'logging' | 'contacts'>,
  candidate: Candidate,
  context: DecisionContext
): Promise<Audience | null> => {
  const facts = await factsFor(ports, [candidate], context);
  const [decided] = decideAll([candidate], facts, context);
  const verdict = decided?.decision.verdict;
  if (verdict?.kind !== 'log') return null;
  return {
    contacts: await contactsFor(ports, candidate.headers, verdict),
    begins: verdict.begins !== null,
    people: named(candidate.headers, new Set(outsidersOf(candidate.headers, facts.team))),
  };
};

const named = (
  { from, sender, replyTo, to, cc }: MessageHeaders,
  outsiders: ReadonlySet<string>
): NamedAddress[] => {
  const people = new Map<string, NamedAddress>();
  for (const { address, displayName } of [from, sender, replyTo, to, cc].flat()) {
    const key = normalizeAddress(address);
    if (!outsiders.has(key)) continue;
    const known = people.get(key);
    people.set(key, { address: key, displayName: known?.displayName || displayName });
  }
  return [...people.values()];
};
