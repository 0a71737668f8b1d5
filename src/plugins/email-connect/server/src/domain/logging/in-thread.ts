import type { Hit } from './hit';
import type { Question } from './question';
import { isSideConversation } from './side-conversation';
import { decided, ignored, passed, pointed } from './steps';
import { targetIn } from './target';
import type { Decision, DecisionStep, StepName } from './verdict';

/** With this confidence or more, mail is logged without asking; with less, a person is asked (b.3). */
const AUTOMATIC = 0.9;

/**
 * What becomes of a message that points to a thread. The state of the thread decides: an un-logged thread stays
 * un-logged, whatever else the message cites (S21); a thread without a record was deleted, and stays deleted too.
 */
export const decideInThread = (question: Question, step: StepName, hit: Hit): Decision => {
  const { evidence, detail } = hit;
  const { header, value } = evidence;
  const found = pointed(step, {
    header,
    value,
    detail: 'It points to a known thread, which decides over itself.',
  });
  const thread = question.facts.threads.get(hit.threadDocumentId);
  if (!thread || thread.state === 'unlogged') return stayUnlogged(hit.threadDocumentId, [found]);
  const target = targetIn(question, thread);
  if (target.thread?.state === 'unlogged') return stayUnlogged(target.threadDocumentId, [found]);
  if (thread.state === 'muted' || target.thread?.state === 'muted') {
    return stayMuted(thread.documentId, [found]);
  }
  const open = [passed['thread-state']];
  if (isPaused(question)) return paused([found, ...open]);
  open.push(passed['contact-paused']);
  if (isSideConversation(question, thread, target.thread)) {
    const because = {
      detail: `Nobody outside the team who takes part in thread ${thread.documentId} is on it.`,
    };
    return ignored('side-conversation', 'side-conversation', because, [found, ...open]);
  }
  open.push(passed['side-conversation']);
  if (evidence.confidence < AUTOMATIC) {
    const verdict = { kind: 'ask', threadDocumentId: thread.documentId, evidence } as const;
    return decided(step, verdict, { header, value, detail }, open);
  }
  const { direction, notice } = question;
  return decided(
    step,
    {
      kind: 'log',
      threadDocumentId: target.threadDocumentId,
      begins: target.begins,
      origin: direction === 'outgoing' ? 'sent-folder' : 'reply',
      direction,
      evidence,
      notice,
      answersDocumentId: notice === null ? null : hit.messageDocumentId,
    },
    { header, value, detail },
    open
  );
};

export const stayUnlogged = (threadDocumentId: string, before: readonly DecisionStep[] = []): Decision =>
  ignored(
    'thread-state',
    'thread-unlogged',
    { detail: `Thread ${threadDocumentId} is not logged any more.` },
    before
  );

/** Whether everyone outside the team is a contact whose mail is paused. */
const isPaused = ({ facts, outsiders }: Question): boolean =>
  facts.paused.size > 0 && outsiders.length > 0 && outsiders.every((address) => facts.paused.has(address));

export const stayMuted = (threadDocumentId: string, before: readonly DecisionStep[] = []): Decision =>
  ignored('thread-state', 'thread-muted', { detail: `Thread ${threadDocumentId} is paused.` }, before);

export const paused = (before: readonly DecisionStep[] = []): Decision =>
  ignored(
    'contact-paused',
    'contact-paused',
    { detail: 'The mail of every contact on it is paused.' },
    before
  );
