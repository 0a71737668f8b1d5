import type { Decision } from '../../domain/logging/verdict';
import type { Candidate, ReturnedMessage } from '../../domain/message/message';
import type { OpenFolder } from '../../ports';

/** A scanned message with the verdict on it, and the steps that led to it. */
export interface DecidedMessage {
  candidate: Candidate;
  decision: Decision;
}

/**
 * The messages with what their verdicts ask to be read of them: nothing is read of the others. null when no verdict
 * asks for anything. A message that is gone meanwhile is left out.
 */
export const readFurther = async (
  open: Pick<OpenFolder, 'fetchReturned' | 'fetchTraces'>,
  decided: readonly DecidedMessage[]
): Promise<Candidate[] | null> => {
  if (!decided.some(({ decision }) => decision.verdict.kind === 'inspect')) return null;
  const read: Candidate[] = [];
  for (const { candidate, decision } of await withTraces(open, decided)) {
    const { verdict } = decision;
    read.push(
      verdict.kind === 'inspect' && verdict.part === 'returned'
        ? {
            ...candidate,
            returned: (await open.fetchReturned(candidate.imapUid, verdict.notice)) ?? nothingReturned,
          }
        : candidate
    );
  }
  return read;
};

/** The messages, those whose verdict rests on it with their trace: one question for all. */
export const withTraces = async (
  open: Pick<OpenFolder, 'fetchTraces'>,
  decided: readonly DecidedMessage[]
): Promise<DecidedMessage[]> => {
  const asked = decided.filter(asksForTrace).map(({ candidate }) => candidate.imapUid);
  if (asked.length === 0) return [...decided];
  const traces = await open.fetchTraces(asked);
  return decided.flatMap((one) => {
    if (!asksForTrace(one)) return [one];
    const trace = traces.get(one.candidate.imapUid);
    return trace ? [{ ...one, candidate: { ...one.candidate, trace } }] : [];
  });
};

const asksForTrace = ({ decision: { verdict } }: DecidedMessage): boolean =>
  verdict.kind === 'inspect' && verdict.part === 'trace';

/** Stands for a returned part that is not there, so that it is not asked for again. */
const nothingReturned: ReturnedMessage = { messageIds: [], envelopeId: '', recipients: [] };
