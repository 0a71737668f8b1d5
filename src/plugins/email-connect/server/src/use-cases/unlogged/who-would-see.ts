import type { NamedAddress } from '../../../../shared/contracts/address';
import { normalizeAddress } from '../../domain/address/address';
import type { DecisionContext } from '../../domain/logging/decision-context';
import { outsidersOf } from '../../domain/logging/outsiders';
import type { Candidate, MessageHeaders } from '../../domain/message/message';
import type { LinkedContact } from '../../domain/outgoing/outgoing';
import type { Ports } from '../../ports';
import { decideAll, factsFor, intoThread, mailToPlace } from '../reading';

/** On whom a mail would stand if it were logged now because a person asked for it. */
export interface Audience {
  standsOn: readonly LinkedContact[];
  /** It begins the conversation. */
  begins: boolean;
  /** Everyone on it who is not of the team, its author first, each once. */
  people: NamedAddress[];
}

/**
 * null when the mail is not to be logged even if a person asks for it. `context`: as for a mail logged by hand.
 * `threadDocumentId`: the conversation into which it would be logged; null: the one that the mail cites or begins.
 */
export const whoWouldSee = async (
  ports: Pick<Ports, 'logging' | 'messages'>,
  candidate: Candidate,
  context: DecisionContext,
  threadDocumentId: string | null
): Promise<Audience | null> => {
  const facts = await factsFor(ports, [candidate], context);
  const [decided] = decideAll([candidate], facts, context);
  const verdict = decided?.decision.verdict;
  if (verdict?.kind !== 'log') return null;
  const { standsOn, begins } = await ports.messages.askedFacts(
    mailToPlace(candidate, intoThread(verdict, threadDocumentId)),
    null
  );
  return {
    standsOn,
    begins,
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
