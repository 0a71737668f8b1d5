import { hasReplyMark } from '../subject/base-subject';
import { authorsOf } from '../message/participants';
import { decideInThread } from './in-thread';
import { isWithContact } from './known-contact';
import type { Question } from './question';
import type { Decision, KnownThread } from './verdict';

const LONGEST_SILENCE_MS = 30 * 24 * 3_600_000;

/**
 * b.3-11: a reply whose references were stripped (c36): its author takes part in exactly one open thread with this
 * subject that had mail lately. With several such threads, none is chosen (b.3-12). Nobody is asked about mail that
 * is logged anyway.
 */
export const sameSubject = (question: Question): Decision | null => {
  const { facts, headers } = question;
  if (facts.threads.size === 0 || !hasReplyMark(headers.subject) || question.baseSubject === '') return null;
  const [author, ...others] = authorsOf(headers);
  if (author === undefined || others.length > 0 || question.isOurs(author)) return null;
  const threads = [...facts.threads.values()].filter((thread) => isContinued(thread, question, author));
  const [thread] = threads;
  if (!thread || threads.length > 1 || isWithContact(question)) return null;
  return decideInThread(question, 'subject', {
    evidence: { rung: 'subject', confidence: 0.75, header: 'Subject', value: thread.baseSubject },
    threadDocumentId: thread.documentId,
    messageDocumentId: null,
    detail:
      'It looks like a reply in the one open thread of its author with this subject: a person is to say.',
  });
};

const isContinued = (thread: KnownThread, { baseSubject, candidate }: Question, author: string): boolean =>
  thread.baseSubject === baseSubject &&
  thread.state === 'open' &&
  thread.participants.has(author) &&
  thread.lastMessageAt !== null &&
  Math.abs(Date.parse(candidate.receivedAt) - Date.parse(thread.lastMessageAt)) <= LONGEST_SILENCE_MS;
