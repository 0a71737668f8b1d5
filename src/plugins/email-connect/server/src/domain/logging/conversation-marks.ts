import { hitById } from './hit';
import type { Hit } from './hit';
import type { Question } from './question';

/** b.3-5: Outlook keeps the root of Thread-Index where it cuts or drops the references (c35, c36). */
export const threadIndex = ({ headers, facts }: Question): Hit | null => {
  const value = headers.threadIndexRoot;
  if (value === null) return null;
  const threadDocumentId = facts.threadIndexRoots.get(value);
  if (threadDocumentId === undefined) return null;
  return {
    evidence: { rung: 'thread-index', confidence: 0.95, header: 'Thread-Index', value },
    threadDocumentId,
    messageDocumentId: null,
    detail: 'Its Thread-Index is that of a logged thread.',
  };
};

/** b.3-6: the id that a mail in Sent had before a server replaced it. */
export const originalId = (question: Question): Hit | null =>
  hitById(
    question,
    question.isFiledAsSent ? question.earlierIds : [],
    { rung: 'original-id', confidence: 0.95, header: 'X-Microsoft-Original-Message-ID' },
    'Its earlier id belongs to a logged thread.'
  );

/** b.3-7: Gmail also groups by subject, so someone of the thread has to be on it. */
export const serverThread = (question: Question): Hit | null => {
  const { candidate, facts } = question;
  const value = candidate.serverThreadId;
  if (value === null) return null;
  const threadDocumentId = facts.serverThreads.get(value);
  if (threadDocumentId === undefined) return null;
  const thread = facts.threads.get(threadDocumentId);
  const people = thread && question.isSelfTalk(thread) ? question.participants : question.outsiders;
  if (thread && !people.some((address) => thread.participants.has(address))) return null;
  return {
    evidence: { rung: 'server-thread', confidence: 0.9, header: '', value },
    threadDocumentId,
    messageDocumentId: null,
    detail: 'The mail server puts it into a logged thread, and someone of that thread is on it.',
  };
};
