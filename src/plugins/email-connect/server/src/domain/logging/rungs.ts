import { originalId, serverThread, threadIndex } from './conversation-marks';
import type { Hit } from './hit';
import type { Question } from './question';
import { inReplyTo, ownId, references } from './references';
import type { StepName } from './verdict';

/** One rung of the ladder: its name as a step, and the look-up it does. */
export interface LadderRung {
  name: StepName;
  find(question: Question): Hit | null;
}

/** b.3-1 to b.3-7: what a mail cites, the surest first. Never its subject, its sender or the mailbox (S15). */
export const rungs: readonly LadderRung[] = [
  { name: 'own-id', find: ownId },
  { name: 'in-reply-to', find: inReplyTo },
  { name: 'references', find: references },
  { name: 'thread-index', find: threadIndex },
  { name: 'original-id', find: originalId },
  { name: 'server-thread', find: serverThread },
];
