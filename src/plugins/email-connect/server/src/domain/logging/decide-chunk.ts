import type { Candidate } from '../message/message';
import { citedFirst } from './cited-first';
import { decide } from './decide';
import type { DecisionContext } from './decision-context';
import { Knowledge } from './knowledge';
import type { Decision, LoggingFacts } from './verdict';

/**
 * One decision per message, in order. A message that is logged makes its own id, its people and the thread it begins
 * known to the other messages at once, in whatever order they came: a reply to a reply in one chunk needs no second
 * pass (P5). Each mail is decided after the mails it cites, so that a chain of any length takes one round; only mail
 * that cannot be put into order (mails that cite each other, people whom a later mail brings in) is decided again.
 */
export const decideChunk = (
  candidates: readonly Candidate[],
  facts: LoggingFacts,
  context: DecisionContext
): Decision[] => {
  const knowledge = new Knowledge(facts);
  const decisions = new Map<number, Decision>();
  const ask = (i: number): boolean => {
    const candidate = candidates[i];
    if (!candidate) return false;
    const decision = knowledge.withBeginning(decide(candidate, knowledge.facts, context));
    decisions.set(i, decision);
    return knowledge.learn(candidate, decision.verdict);
  };
  let open = citedFirst(candidates);
  let hasNews = true;
  while (hasNews) {
    hasNews = false;
    for (const i of open) hasNews = ask(i) || hasNews;
    open = open.filter((i) => isOpenToNews(decisions.get(i)));
    hasNews &&= open.length > 0;
  }
  return candidates.flatMap((_, i) => decisions.get(i) ?? []);
};

/** Only a new id, a new thread or a new participant could change these decisions. */
const isOpenToNews = (decision: Decision | undefined): boolean => {
  const verdict = decision?.verdict;
  if (verdict?.kind === 'inspect' || verdict?.kind === 'ask' || verdict?.kind === 'hold') return true;
  return (
    verdict?.kind === 'ignore' &&
    (verdict.reason === 'no-known-reference' ||
      verdict.reason === 'unknown-own-id' ||
      verdict.reason === 'side-conversation')
  );
};
