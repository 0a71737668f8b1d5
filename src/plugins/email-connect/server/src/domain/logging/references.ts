import type { MessageId } from '../identification/message-id';
import { authorsOf } from '../message/participants';
import { hitById } from './hit';
import type { Hit } from './hit';
import type { Question } from './question';
import { isOtherSubject } from './target';

/**
 * b.3-1: the nearest known id carries our signature, or is the token of a thread. A nearer known id without a
 * signature decides instead, for it says in which of two threads the message is (b.4).
 */
export const ownId = (question: Question): Hit | null => {
  const nearest = inReplyTo(question) ?? cited(question);
  if (!nearest) return null;
  const { rung, value } = nearest.evidence;
  const id = idsOf(question).find((one) => one === value);
  const isOwn = rung === 'thread-token' || (id !== undefined && question.context.isMinted(id));
  return isOwn
    ? {
        ...nearest,
        evidence: { ...nearest.evidence, confidence: 1 },
        detail: 'It cites an id that only this site can have made.',
      }
    : null;
};

/** b.3-2: what the mail says it answers. */
export const inReplyTo = (question: Question): Hit | null =>
  hitById(
    question,
    question.headers.inReplyTo,
    { rung: 'in-reply-to', confidence: 0.99, header: 'In-Reply-To' },
    'It answers a recorded message.'
  );

/**
 * b.3-3: whatever else it cites. People reuse old mail to write about something new: with another subject, from
 * someone who takes no part, in answer to something else, the thread is likely but not certain (b.3-8).
 */
export const references = (question: Question): Hit | null => {
  const hit = cited(question);
  if (!hit || !isOtherTopic(question, hit)) return hit;
  return {
    ...hit,
    evidence: { ...hit.evidence, rung: 'other-topic', confidence: 0.6 },
    detail:
      'It cites a recorded message, but has another subject and answers something else: a person is to say.',
  };
};

/** References are read from the last, which is the nearest (b.4). */
const cited = (question: Question): Hit | null =>
  hitById(
    question,
    question.headers.references.length === 0 ? [] : [...question.headers.references].reverse(),
    { rung: 'references', confidence: 0.97, header: 'References' },
    'It cites a recorded message.'
  );

const idsOf = ({ headers }: Question): MessageId[] => [...headers.inReplyTo, ...headers.references];

const isOtherTopic = (question: Question, hit: Hit): boolean => {
  const thread = question.facts.threads.get(hit.threadDocumentId);
  return (
    thread !== undefined &&
    question.headers.inReplyTo.length > 0 &&
    inReplyTo(question) === null &&
    isOtherSubject(question, thread) &&
    !authorsOf(question.headers).some((author) => thread.participants.has(author) || question.isOurs(author))
  );
};
