import { hitById } from './hit';
import type { Hit } from './hit';
import { decideInThread } from './in-thread';
import { envelopeIdOf } from './known-keys';
import type { Question } from './question';
import { decided } from './steps';
import type { Decision } from './verdict';

const DETAIL = 'It is a notice about a recorded message.';

/**
 * Most bounces cite nothing: only the part they return names the mail they are about. It is read when no other step
 * had an answer, and no other part of the bounce is (P6, c49).
 */
export const returnedPart = (question: Question): Decision | null => {
  const hit = returnedId(question);
  if (hit) return decideInThread(question, 'returned-part', hit);
  const { notice } = question;
  if (notice === null || !isToInspect(question)) return null;
  const detail =
    'An automatic message that may name what it is about in its returned part: that is read next.';
  return decided('returned-part', { kind: 'inspect', part: 'returned', notice }, { detail });
};

/** Whether only its returned part can name the mail it is about, and that part was not read yet. */
export const isToInspect = ({ candidate, notice }: Question): boolean =>
  candidate.returned === null && notice !== null && notice !== 'auto-reply';

/** The returned mail's id, or the envelope id that we gave it (RFC 3464 2.2.1). */
export const returnedId = (question: Question): Hit | null => {
  const { returned } = question.candidate;
  if (!returned) return null;
  return (
    hitById(
      question,
      returned.messageIds,
      { rung: 'returned-id', confidence: 0.99, header: 'Message-ID' },
      DETAIL
    ) ??
    hitById(
      question,
      envelopeIdOf(returned.envelopeId),
      { rung: 'envelope-id', confidence: 0.99, header: 'Original-Envelope-Id' },
      DETAIL
    )
  );
};
