import type { DecisionContext } from '../../domain/logging/decision-context';
import { decideChunk } from '../../domain/logging/decide-chunk';
import type { Decision, LoggingFacts, Verdict } from '../../domain/logging/verdict';
import type { Candidate, ReturnedMessage } from '../../domain/message/message';
import type { OpenFolder, Ports } from '../../ports';
import { factsFor } from './decision-facts';

/** A scanned message with the verdict on it. */
export interface JudgedMessage {
  candidate: Candidate;
  verdict: Verdict;
}

/** A scanned message with the verdict on it, and the steps that led to it. */
export interface DecidedMessage {
  candidate: Candidate;
  decision: Decision;
}

/** `decideMessages`, without the steps. */
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
 * One read of the records, one decision for each message. The returned part of an automatic message is read only if
 * the headers do not show which mail it is about; then all messages are judged once more (P6): a bounce may make
 * another mail's thread known.
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

/** Stands for a returned part that is not there, so that it is not asked for again. */
const nothingReturned: ReturnedMessage = { messageIds: [], envelopeId: '', recipients: [] };
