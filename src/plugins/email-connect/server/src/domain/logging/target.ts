import { threadTopic } from '../subject/base-subject';
import { rootKeyOf, splitKeyOf } from './known-keys';
import type { Question } from './question';
import type { KnownThread, ThreadToBegin } from './verdict';

/** The thread into which a message goes. */
export interface Target {
  threadDocumentId: string;
  /** null when the thread has to be begun. */
  thread: KnownThread | null;
  begins: ThreadToBegin | null;
}

/**
 * The thread that the message cites; under another subject, the thread that splits off it (c38, c39). A notice always
 * has a subject of its own.
 */
export const targetIn = (question: Question, thread: KnownThread): Target => {
  if (question.notice !== null || !isOtherSubject(question, thread)) {
    return { threadDocumentId: thread.documentId, thread, begins: null };
  }
  return targetOf(question, splitKeyOf(thread.documentId, question.baseSubject), thread.documentId);
};

/** A new thread, for a message that cites nothing known. */
export const targetAnew = (question: Question): Target =>
  targetOf(question, rootKeyOf(question.candidate), null);

/** Without a subject on either side there is nothing to compare. */
export const isOtherSubject = (question: Question, thread: KnownThread): boolean =>
  thread.baseSubject !== '' && question.baseSubject !== '' && question.baseSubject !== thread.baseSubject;

const targetOf = (question: Question, key: string, continuesDocumentId: string | null): Target => {
  const threadDocumentId = question.context.threadIdOf(key);
  const thread = question.facts.threads.get(threadDocumentId) ?? null;
  const { subject } = question.headers;
  const begins = {
    subject: threadTopic(subject) || subject,
    baseSubject: question.baseSubject,
    continuesDocumentId,
  };
  return { threadDocumentId, thread, begins: thread ? null : begins };
};
