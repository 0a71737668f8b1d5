import type { MessageId } from '../identification/message-id';
import type { MessageHeaders } from '../message/message';
import { participantsOf } from '../message/participants';
import { decide } from './decide';
import type { DecisionContext } from './decide';
import type { KnownId, KnownThread, LoggingFacts, Verdict } from './verdict';

/**
 * One verdict per message, in order. A message that is logged makes its own id and its people known to the others at
 * once, whichever came first: a reply to a reply, both in one chunk, needs no second pass (P5).
 */
export const decideChunk = (
  messages: readonly MessageHeaders[],
  facts: LoggingFacts,
  context: DecisionContext
): Verdict[] => {
  const known: Knowledge = { ids: new Map(facts.ids), threads: new Map(facts.threads) };
  const verdicts = messages.map((headers) => decide(headers, { ...facts, ...known }, context));
  let learned = messages.filter((headers, i) => learn(known, headers, verdicts[i])).length;
  while (learned > 0) {
    learned = 0;
    messages.forEach((headers, i) => {
      if (!isOpenToNews(verdicts[i])) return;
      verdicts[i] = decide(headers, { ...facts, ...known }, context);
      if (learn(known, headers, verdicts[i])) learned += 1;
    });
  }
  return verdicts;
};

interface Knowledge {
  ids: Map<MessageId, KnownId>;
  threads: Map<string, KnownThread>;
}

/** Only a new id or a new participant could change these verdicts. */
const isOpenToNews = (verdict: Verdict | undefined): boolean =>
  verdict?.kind === 'ignore' && (verdict.reason === 'no-known-reference' || verdict.reason === 'not-ours');

/**
 * true when there was something to learn. The id has no record yet, so that a second copy in the chunk is logged,
 * and found a duplicate when it is written.
 */
const learn = (known: Knowledge, headers: MessageHeaders, verdict: Verdict | undefined): boolean => {
  if (verdict?.kind !== 'log') return false;
  const thread = known.threads.get(verdict.threadDocumentId);
  const newcomers = participantsOf(headers).filter((address) => thread && !thread.participants.has(address));
  if (thread && newcomers.length > 0) {
    known.threads.set(thread.documentId, {
      ...thread,
      participants: new Set([...thread.participants, ...newcomers]),
    });
  }
  const isNewId = headers.messageId !== null && !known.ids.has(headers.messageId);
  if (headers.messageId !== null && isNewId) {
    const { threadDocumentId } = verdict;
    known.ids.set(headers.messageId, { kind: 'own', threadDocumentId, messageDocumentId: null });
  }
  return isNewId || newcomers.length > 0;
};
