import type { DecisionContext } from '../../domain/logging/decision-context';
import { decideChunk } from '../../domain/logging/decide-chunk';
import type { LoggingFacts, Verdict } from '../../domain/logging/verdict';
import type { Candidate } from '../../domain/message/message';
import type { OpenFolder, Ports } from '../../ports';
import { factsFor } from './decision-facts';
import { readFurther } from './read-further';
import type { DecidedMessage } from './read-further';

/** A scanned message with the verdict on it. */
export interface JudgedMessage {
  candidate: Candidate;
  verdict: Verdict;
}

/** `decideMessages`, without the steps. */
export const judgeMessages = async (
  ports: Pick<Ports, 'logging'>,
  open: Pick<OpenFolder, 'fetchReturned' | 'fetchTraces'>,
  candidates: readonly Candidate[],
  context: DecisionContext
): Promise<JudgedMessage[]> =>
  (await decideMessages(ports, open, candidates, context)).map(({ candidate, decision }) => ({
    candidate,
    verdict: decision.verdict,
  }));

/**
 * One read of the records, one decision for each message. What a decision lacks is read then, and all messages are
 * judged once more: the returned part of an automatic message whose headers do not show which mail it is about, or that
 * is logged and may say what became of one (P6), which may make another mail's thread known; and what the servers wrote
 * above a mail that says it is the team's (S28).
 */
export const decideMessages = async (
  ports: Pick<Ports, 'logging'>,
  open: Pick<OpenFolder, 'fetchReturned' | 'fetchTraces'>,
  candidates: readonly Candidate[],
  context: DecisionContext
): Promise<DecidedMessage[]> => {
  const decided = decideAll(candidates, await factsFor(ports, candidates, context), context);
  const read = await readFurther(open, decided);
  // Each message is asked for each of these once, so that this ends.
  return read ? decideMessages(ports, open, read, context) : decided;
};

export const decideAll = (
  candidates: readonly Candidate[],
  facts: LoggingFacts,
  context: DecisionContext
): DecidedMessage[] => {
  const decisions = decideChunk(candidates, facts, context);
  return candidates.flatMap((candidate, i) => {
    const decision = decisions[i];
    return decision ? [{ candidate, decision }] : [];
  });
};
