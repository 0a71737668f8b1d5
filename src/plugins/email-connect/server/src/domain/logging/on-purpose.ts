import type { Direction, Origin } from '../message/message';
import type { Hit } from './hit';
import { stayUnlogged } from './in-thread';
import type { Question } from './question';
import { returnedId } from './by-returned-part';
import { rungs } from './rungs';
import { copiedBy } from './recorded';
import { decided, ignored, pointed } from './steps';
import { targetAnew, targetIn } from './target';
import type { Because } from './steps';
import type { Decision, Rung, StepName } from './verdict';

/** A folder in which everything is logged. */
export const logFolder = (question: Question): Decision | null =>
  question.context.folderRole === 'log'
    ? logOnPurpose(question, 'folder-role', {
        rung: 'log-folder',
        origin: 'by-hand',
        direction: question.direction,
        detail: 'A person put it into a folder in which everything is logged.',
      })
    : null;

/** "Log it now". */
export const byHand = (question: Question): Decision | null =>
  question.context.byHand
    ? logOnPurpose(question, 'by-hand', {
        rung: 'by-hand',
        origin: 'by-hand',
        direction: question.direction,
        detail: 'A person asked for it.',
      })
    : null;

/** A folder for conversations that are to be un-logged for good. Mail in it is never logged by itself. */
export const unlogFolder = (question: Question): Decision => {
  const found = copiedBy(question) ?? firstHit(question);
  if (!found) {
    const detail = 'A person put it into a folder to un-log it, but it belongs to no logged thread.';
    return ignored('folder-role', 'no-known-reference', { detail });
  }
  const { threadDocumentId } = found;
  const thread = question.facts.threads.get(threadDocumentId);
  if (!thread || thread.state === 'unlogged') return stayUnlogged(threadDocumentId);
  const detail = 'A person put it into a folder to un-log its conversation for good.';
  return decided('folder-role', { kind: 'unlog', threadDocumentId }, { detail });
};

export interface Purpose extends Because {
  rung: Rung;
  origin: Origin;
  direction: Direction;
}

/**
 * Mail that a person wants logged goes into the thread it cites, else into a new one. This overrides mute, pause,
 * policy and rules; an un-logged thread stays un-logged (S21).
 */
export const logOnPurpose = (question: Question, step: StepName, purpose: Purpose): Decision => {
  const { rung, origin, direction, header = '', value = '', detail } = purpose;
  const andUnlogged = `${detail} What was un-logged stays so all the same.`;
  const found = pointed(step, { header, value, detail: andUnlogged });
  const hit = firstHit(question);
  const thread = hit ? question.facts.threads.get(hit.threadDocumentId) : undefined;
  if (hit && (!thread || thread.state === 'unlogged')) return stayUnlogged(hit.threadDocumentId, [found]);
  const target = thread ? targetIn(question, thread) : targetAnew(question);
  if (target.thread?.state === 'unlogged') return stayUnlogged(target.threadDocumentId, [found]);
  const { notice } = question;
  return decided(
    step,
    {
      kind: 'log',
      threadDocumentId: target.threadDocumentId,
      begins: target.begins,
      origin,
      direction,
      // Evidence is for all who read the mail; the log address is its owner's.
      evidence: { rung, confidence: 1, header, value: '' },
      notice,
      answersDocumentId: notice === null ? null : (hit?.messageDocumentId ?? null),
    },
    { header, value, detail }
  );
};

/** The first known thing that the message cites, by any rung. */
export const firstHit = (question: Question): Hit | null => {
  for (const { find } of rungs) {
    const hit = find(question);
    if (hit) return hit;
  }
  return returnedId(question);
};
