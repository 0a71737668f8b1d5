import type { MessageId } from '../identification/message-id';
import type { Question } from './question';
import type { Evidence, KnownId, Rung } from './verdict';

/** A rung that matched: what it found, and the thread that this belongs to. */
export interface Hit {
  evidence: Evidence;
  threadDocumentId: string;
  /** The recorded message that the id stands for; null when only the thread is known. */
  messageDocumentId: string | null;
  /** One plain sentence. */
  detail: string;
}

/** The detail for a known id, unless the id is the token of a thread, which proves itself (b.3-1). */
export const hitOf = (
  { threadDocumentId, messageDocumentId, kind }: KnownId,
  evidence: Evidence,
  detail: string
): Hit => ({
  evidence: kind === 'token' ? { ...evidence, rung: 'thread-token', confidence: 1 } : evidence,
  threadDocumentId,
  messageDocumentId,
  detail,
});

/** The first known one of the ids, as a hit of that rung. */
export const hitById = (
  question: Question,
  ids: readonly MessageId[],
  { rung, confidence, header }: { rung: Rung; confidence: number; header: string },
  detail: string
): Hit | null => {
  for (const value of ids) {
    const known = question.facts.ids.get(value);
    if (known) return hitOf(known, { rung, confidence, header, value }, detail);
  }
  return null;
};
