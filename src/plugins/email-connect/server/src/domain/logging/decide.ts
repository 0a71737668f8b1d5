import { normalizeAddress } from '../address/address';
import { classifyNotice } from '../classification/classify-notice';
import type { MessageId } from '../identification/message-id';
import { fingerprint } from '../message/dedup-identity';
import { directionOf } from '../message/direction';
import type { MessageHeaders } from '../message/message';
import type { SpecialUse } from '../sync/folder';
import { matchedRule } from './matched-rule';
import type { Evidence, KnownThread, LoggingFacts, Verdict } from './verdict';

/** Where a message was found. */
export interface DecisionContext {
  inboxDocumentId: string;
  inboxAddress: string;
  folderUse: SpecialUse | null;
}

/** A rung that holds: what decided, and the thread it points to. */
interface Hit {
  evidence: Evidence;
  threadDocumentId: string;
}

/**
 * What is to happen with a message, by its headers alone. The first step that has an answer decides:
 * recorded already, a never-log rule, then the ladder of references, nearest first (S15: never the subject, the sender
 * or the mailbox). The thread that is found decides over itself: un-logged stays un-logged, whatever else is
 * referenced (S21). Reasons name no address and no subject: what is not logged leaves no trace (S19).
 */
export const decide = (message: MessageHeaders, facts: LoggingFacts, context: DecisionContext): Verdict => {
  const recorded = alreadyRecorded(message, facts);
  if (recorded) return recorded;
  const rule = matchedRule(message, facts.rules, context);
  if (rule)
    return { kind: 'ignore', reason: 'never-log-rule', detail: `Rule ${rule.documentId} (${rule.field}).` };
  const hit = firstHit(message, facts);
  if (!hit) {
    return {
      kind: 'ignore',
      reason: 'no-known-reference',
      detail: 'It references no message of a logged thread.',
    };
  }
  const thread = facts.threads.get(hit.threadDocumentId);
  if (!thread || thread.state === 'unlogged') return unlogged(hit.threadDocumentId);
  if (thread.state === 'muted') {
    return { kind: 'ignore', reason: 'thread-muted', detail: `Thread ${thread.documentId} is paused.` };
  }
  const isOurs = context.folderUse === 'sent' || directionOf(message, context.inboxAddress) === 'outgoing';
  if (isOurs && !reachesParticipant(message, thread, context.inboxAddress)) {
    return { kind: 'ignore', reason: 'not-ours', detail: `Nobody of thread ${thread.documentId} gets it.` };
  }
  return {
    kind: 'log',
    threadDocumentId: thread.documentId,
    origin: isOurs ? 'sent-folder' : 'reply',
    evidence: hit.evidence,
    notice: classifyNotice(message),
  };
};

/** All ids whose records would bear on this message, nearest first, each once. */
export const knownKeys = (headers: MessageHeaders): MessageId[] => [
  ...new Set([
    ...(headers.messageId === null ? [] : [headers.messageId]),
    ...headers.originalMessageIds,
    ...headers.inReplyTo,
    ...[...headers.references].reverse(),
  ]),
];

const alreadyRecorded = (message: MessageHeaders, facts: LoggingFacts): Verdict | null => {
  const own = message.messageId === null ? [] : [message.messageId];
  for (const id of [...own, ...message.originalMessageIds]) {
    const known = facts.ids.get(id);
    if (!known || known.kind === 'token' || known.messageDocumentId === null) continue;
    // Broken senders and templates reuse an id: another mail is not a copy (c32).
    const isOther =
      id === message.messageId &&
      known.fingerprint !== undefined &&
      known.fingerprint !== fingerprint(message);
    if (isOther) continue;
    const thread = facts.threads.get(known.threadDocumentId);
    if (!thread || thread.state === 'unlogged') return unlogged(known.threadDocumentId);
    return { kind: 'known', messageDocumentId: known.messageDocumentId };
  }
  return null;
};

/** A thread that is in no record any more was deleted: it stays so as well (S21). */
const unlogged = (threadDocumentId: string): Verdict => ({
  kind: 'ignore',
  reason: 'thread-unlogged',
  detail: `Thread ${threadDocumentId} is not logged any more.`,
});

/** The ladder. References are read from the last, which is the nearest (b.4); 5 % of real mail needs both fields. */
const firstHit = (message: MessageHeaders, facts: LoggingFacts): Hit | null =>
  hitById(message.inReplyTo, 'In-Reply-To', { rung: 'in-reply-to', confidence: 0.99 }, facts) ??
  hitById([...message.references].reverse(), 'References', { rung: 'references', confidence: 0.97 }, facts) ??
  hitByThreadIndex(message, facts) ??
  hitById(
    message.originalMessageIds,
    'X-Microsoft-Original-Message-ID',
    { rung: 'original-id', confidence: 0.95 },
    facts
  );

const hitById = (
  ids: readonly MessageId[],
  header: string,
  rung: Pick<Evidence, 'rung' | 'confidence'>,
  facts: LoggingFacts
): Hit | null => {
  for (const value of ids) {
    const known = facts.ids.get(value);
    if (!known) continue;
    const held = known.kind === 'token' ? ({ rung: 'thread-token', confidence: 1 } as const) : rung;
    return { evidence: { ...held, header, value }, threadDocumentId: known.threadDocumentId };
  }
  return null;
};

const hitByThreadIndex = ({ threadIndexRoot }: MessageHeaders, facts: LoggingFacts): Hit | null => {
  if (threadIndexRoot === null) return null;
  const threadDocumentId = facts.threadIndexRoots.get(threadIndexRoot);
  if (threadDocumentId === undefined) return null;
  const evidence: Evidence = {
    rung: 'thread-index',
    confidence: 0.95,
    header: 'Thread-Index',
    value: threadIndexRoot,
  };
  return { evidence, threadDocumentId };
};

/**
 * A copy in Sent that goes to nobody of the thread is a side conversation (S22), a note to oneself too; unless oneself
 * is all there is in the thread (c52).
 */
const reachesParticipant = (message: MessageHeaders, thread: KnownThread, inboxAddress: string): boolean => {
  const own = normalizeAddress(inboxAddress);
  const isSelfTalk = [...thread.participants].every((address) => address === own);
  return [...message.to, ...message.cc]
    .map(({ address }) => normalizeAddress(address))
    .some((address) => (address === own ? isSelfTalk : thread.participants.has(address)));
};
