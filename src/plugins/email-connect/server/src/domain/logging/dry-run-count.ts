import { unreachable } from '../../../../shared/unreachable';
import { dedupIdentity } from '../message/dedup-identity';
import type { Candidate } from '../message/message';
import type { Decision } from './verdict';

export interface DryRunCount {
  scanned: number;
  wouldLog: number;
  threads: number;
  newThreads: number;
  alreadyLogged: number;
  wouldAsk: number;
  wouldHold: number;
  wouldIgnore: number;
  /** Messages that a never-log rule keeps out, by its documentId. */
  byRule: Map<string, number>;
}

/** What the decisions would come to: each mail counts once, however many folders hold a copy of it. */
export const dryRunCount = (
  decided: readonly { candidate: Candidate; decision: Decision }[]
): DryRunCount => {
  const threads = new Set<string>();
  const newThreads = new Set<string>();
  const byRule = new Map<string, number>();
  const count = { wouldLog: 0, alreadyLogged: 0, wouldAsk: 0, wouldHold: 0, wouldIgnore: 0 };
  for (const { verdict, steps } of withoutCopies(decided)) {
    switch (verdict.kind) {
      case 'log':
        count.wouldLog += 1;
        threads.add(verdict.threadDocumentId);
        if (verdict.begins) newThreads.add(verdict.threadDocumentId);
        break;
      case 'known':
        count.alreadyLogged += 1;
        break;
      case 'ask':
        count.wouldAsk += 1;
        break;
      case 'hold':
        count.wouldHold += 1;
        break;
      // A trial does not read the returned part of an automatic message: the message counts as it is without that
      // part.
      case 'inspect':
      case 'unlog':
      case 'ignore': {
        count.wouldIgnore += 1;
        const rule = steps.at(-1)?.ruleDocumentId;
        if (rule) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
        break;
      }
      default:
        unreachable(verdict);
    }
  }
  return { scanned: decided.length, ...count, threads: threads.size, newThreads: newThreads.size, byRule };
};

/** Of several copies, the one that would be logged counts: one folder is enough. */
const withoutCopies = (
  decided: readonly { candidate: Candidate; decision: Decision }[]
): Iterable<Decision> => {
  const byIdentity = new Map<string, Decision>();
  for (const { candidate, decision } of decided) {
    const identity = dedupIdentity(candidate.headers, candidate.size);
    const earlier = byIdentity.get(identity);
    if (!earlier || (earlier.verdict.kind !== 'log' && decision.verdict.kind === 'log'))
      byIdentity.set(identity, decision);
  }
  return byIdentity.values();
};
