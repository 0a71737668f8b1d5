import type { DecisionContext } from '../../domain/logging/decision-context';
import { decideChunk } from '../../domain/logging/decide-chunk';
import type { Decision, LoggingFacts, Verdict } from '../../domain/logging/verdict';
import type { Candidate, ReturnedMessage } from '../../domain/message/message';
import type { OpenFolder, Ports } from '../../ports';
import { factsFor } from './decision-facts';

/** A scanned message with what is to happen with it. */
export interface JudgedMessage {
  candidate: Candidate;
  verdict: Verdict;
}

/** A scanned message with what is to happen with it, and how that came about. */
export interface DecidedMessage {
  candidate: Candidate;
  decision: Decision;
}

/** `decideMessages`, without how it came about. */
export const judgeMessages = async (
  ports: Pick<Ports, 'logging'>,
  open: Pick<OpenFolder, 'fetchReturned'>,
  candidates: readonly Candidate[],
  context: DecisionContext
): Promise<JudgedMessage[]> =>
  (await decideMessages(ports, open, candidates, context)).map(({ candidate, decision }) => ({
    candidate,
    verdict: decision.verdict,
  }));

/**
 * One read of the records, one decision a message. What an automatic message returns is read only where its headers
 * leave open what it is about, and then all are judged once more (P6): a bounce may make another mail's thread known.
 */
export const decideMessages = async (
  ports: Pick<Ports, 'logging'>,
  open: Pick<OpenFolder, 'fetchReturned'>,
  candidates: readonly Candidate[],
  context: DecisionContext
): Promise<DecidedMessage[]> => {
  const decided = decideAll(candidates, await factsFor(ports, candidates, context), context);
  if (!decided.some(({ decision }) => decision.verdict.kind === 'inspect')) return decided;
  const inspected: Candidate[] = [];
  for (const { candidate, decision } of decided) {
    const { verdict } = decision;
    inspected.push(
      verdict.kind === 'inspect'
        ? {
            ...candidate,
            returned: (await open.fetchReturned(candidate.imapUid, verdict.notice)) ?? nothingReturned,
          }
        : candidate
    );
  }
  return decideAll(inspected, await factsFor(ports, inspected, context), context);
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

/** What stands for a returned part that is not there, so that it is not looked for again. */
const nothingReturned: ReturnedMessage = { messageIds: [], envelopeId: '', recipients: [] };
