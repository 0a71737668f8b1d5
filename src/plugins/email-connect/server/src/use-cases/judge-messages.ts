import type { DecisionContext } from '../domain/logging/decide';
import { decideChunk } from '../domain/logging/decide-chunk';
import type { Verdict } from '../domain/logging/verdict';
import type { Candidate, ReturnedMessage } from '../domain/message/message';
import type { OpenFolder, Ports } from '../ports';
import { factsFor } from './decision-context';

export type JudgePorts = Pick<Ports, 'mime' | 'logging' | 'secrets' | 'logger'>;

/** A scanned message with what is to happen with it. */
export interface JudgedMessage {
  candidate: Candidate;
  verdict: Verdict;
}

/**
 * One read of the records, one decision a message. What an automatic message returns is read only where its headers
 * leave open what it is about, and then all are judged once more (P6): a bounce may make another mail's thread known.
 */
export const judgeMessages = async (
  ports: JudgePorts,
  open: Pick<OpenFolder, 'fetchReturned'>,
  candidates: readonly Candidate[],
  context: DecisionContext
): Promise<JudgedMessage[]> => {
  const judged = await judge(ports, candidates, context);
  if (!judged.some(({ verdict }) => verdict.kind === 'inspect')) return judged;
  const inspected: Candidate[] = [];
  for (const { candidate, verdict } of judged) {
    inspected.push(
      verdict.kind === 'inspect'
        ? {
            ...candidate,
            returned: (await open.fetchReturned(candidate.imapUid, verdict.notice)) ?? nothingReturned,
          }
        : candidate
    );
  }
  return judge(ports, inspected, context);
};

const judge = async (
  ports: JudgePorts,
  candidates: readonly Candidate[],
  context: DecisionContext
): Promise<JudgedMessage[]> => {
  const facts = await factsFor(ports, candidates, context);
  const decisions = decideChunk(candidates, facts, context);
  return candidates.flatMap((candidate, i) => {
    const verdict = decisions[i]?.verdict;
    return verdict ? [{ candidate, verdict }] : [];
  });
};

/** What stands for a returned part that is not there, so that it is not looked for again. */
export const nothingReturned: ReturnedMessage = { messageIds: [], envelopeId: '', recipients: [] };
