import type { MessageId } from '../identification/message-id';
import type { Candidate } from '../message/message';
import type { DecisionContext } from './decision-context';
import { decideInThread } from './in-thread';
import { knownContact } from './known-contact';
import { logAddress } from './by-log-address';
import { neverLogRule } from './matched-rule';
import { byHand, logFolder, unlogFolder } from './on-purpose';
import { Question } from './question';
import { recorded, removed } from './recorded';
import { returnedPart } from './by-returned-part';
import { rungs } from './rungs';
import { sameSubject } from './same-subject';
import { ignored, passed } from './steps';
import type { Decision, DecisionStep, LoggingFacts, StepName } from './verdict';

/** A step that returns a decision, or null to leave it to the next step. */
interface LadderStep {
  name: StepName;
  ask(question: Question): Decision | null;
}

/** First what a person said of the message, then what it cites, then what it is likely to be. */
const ladder: readonly LadderStep[] = [
  { name: 'draft', ask: (question) => draft(question) },
  { name: 'recorded', ask: recorded },
  { name: 'removed', ask: removed },
  { name: 'folder-role', ask: logFolder },
  { name: 'by-hand', ask: byHand },
  { name: 'log-address', ask: logAddress },
  { name: 'never-log-rule', ask: neverLogRule },
  ...rungs.map(({ name, find }) => ({
    name,
    ask: (question: Question) => {
      const hit = find(question);
      return hit && decideInThread(question, name, hit);
    },
  })),
  { name: 'returned-part', ask: returnedPart },
  { name: 'subject', ask: sameSubject },
  { name: 'known-contact', ask: knownContact },
];

/** In the folder for un-logging every mail un-logs its thread, except what a person asks to be logged after all. */
const unlogLadder: readonly LadderStep[] = [
  { name: 'draft', ask: (question) => draft(question) },
  { name: 'folder-role', ask: unlogFolder },
];

/**
 * What is to happen with a message, by its headers alone, and why: the first step that has an answer decides. Where a
 * rung points to a thread, the state of that thread is asked first, and its step is listed before the rung. Reasons
 * name no address and no subject: mail that is not logged leaves no trace (S19). Never throws.
 */
export const decide = (candidate: Candidate, facts: LoggingFacts, context: DecisionContext): Decision => {
  const question = new Question(candidate, facts, context);
  const steps: DecisionStep[] = [];
  for (const { name, ask } of context.folderRole === 'unlog' && !context.byHand ? unlogLadder : ladder) {
    const decision = ask(question);
    if (decision) return { verdict: decision.verdict, steps: [...steps, ...decision.steps] };
    steps.push(passed[name]);
  }
  const { verdict, steps: last } = nothing(question);
  return { verdict, steps: [...steps, ...last] };
};

/** An autosaved draft of a reply was sent to nobody yet. */
const draft = ({ candidate }: Question): Decision | null =>
  candidate.isDraft ? ignored('draft', 'draft', { detail: 'It is a draft.' }) : null;

/** An id with our signature but no record was lost with a database: worth a look, for mail may be missing. */
const nothing = ({ candidate: { headers, returned }, facts, context, earlierIds }: Question): Decision => {
  const isLost = (id: MessageId): boolean => !facts.ids.has(id) && context.isMinted(id);
  const citesLost =
    (headers.messageId !== null && isLost(headers.messageId)) ||
    headers.inReplyTo.some(isLost) ||
    headers.references.some(isLost) ||
    earlierIds.some(isLost) ||
    (returned !== null && returned.messageIds.some(isLost));
  return citesLost ? unknownOwnId : noKnownReference;
};

const unknownOwnId = ignored('nothing', 'unknown-own-id', {
  detail: 'It is, or cites, a mail from here of which there is no record.',
});
const noKnownReference = ignored('nothing', 'no-known-reference', {
  detail: 'It references no message of a logged thread.',
});
