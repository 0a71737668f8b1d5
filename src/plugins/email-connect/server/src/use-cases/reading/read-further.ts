import { reportToRead } from '../../domain/logging/report-to-read';
import type { Decision } from '../../domain/logging/verdict';
import type { Candidate, ReturnedMessage } from '../../domain/message/message';
import type { OpenFolder } from '../../ports';

/** A scanned message with the verdict on it, and the steps that led to it. */
export interface DecidedMessage {
  candidate: Candidate;
  decision: Decision;
}

/**
 * The messages with what is still to be read of them: nothing is read of the others. null when nothing is. A message
 * that is gone meanwhile is left out.
 */
export const readFurther = async (
  open: Pick<OpenFolder, 'fetchReturned' | 'fetchTraces'>,
  decided: readonly DecidedMessage[]
): Promise<Candidate[] | null> => {
  if (!decided.some((one) => asksForTrace(one) || reportOf(one) !== null)) return null;
  const read: Candidate[] = [];
  for (const one of await withTraces(open, decided)) {
    const { candidate } = one;
    const notice = reportOf(one);
    read.push(
      notice === null
        ? candidate
        : { ...candidate, returned: (await open.fetchReturned(candidate.imapUid, notice)) ?? nothingReturned }
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

const reportOf = ({ candidate, decision }: DecidedMessage) => reportToRead(candidate, decision.verdict);

/** Stands for a returned part that is not there, so that it is not asked for again. */
const nothingReturned: ReturnedMessage = { messageIds: [], envelopeId: '', recipients: [] };
