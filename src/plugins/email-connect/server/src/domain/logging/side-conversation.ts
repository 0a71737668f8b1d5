import { normalizeAddress } from '../address/address';
import { authorsOf } from '../message/participants';
import type { Question } from './question';
import type { KnownThread } from './verdict';

/**
 * Mail about a thread in which no contact takes part (S22, c44): our own mail that goes to none of the thread's
 * people, and a colleague's mail that names only us. `continuation` is the thread that split off, when the mail
 * belongs there. A thread with oneself alone goes on (c52); a mail system's notice is no conversation, even if its
 * author address is ours.
 */
export const isSideConversation = (
  question: Question,
  thread: KnownThread,
  continuation: KnownThread | null
): boolean => {
  if (question.isOfMailSystem) return false;
  if (question.isOwnCopy) return !reachesParticipant(question, thread, continuation);
  // An author whose address cannot be read is not one of us.
  const isByUs = authorsOf(question.headers).some((author) => question.isOurs(author));
  return isByUs && question.outsiders.length === 0 && !question.isSelfTalk(thread);
};

const reachesParticipant = (
  question: Question,
  thread: KnownThread,
  continuation: KnownThread | null
): boolean => {
  const isSelfTalk = question.isSelfTalk(thread);
  return [...question.headers.to, ...question.headers.cc]
    .map(({ address }) => normalizeAddress(address))
    .some((address) =>
      question.isOurs(address)
        ? isSelfTalk
        : thread.participants.has(address) || continuation?.participants.has(address) === true
    );
};
