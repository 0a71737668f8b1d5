import type { SettleMessageRequest } from '../../../../shared/contracts/message';
import { transitionOf } from '../../domain/outgoing/transition';
import type { OutboxEntry, Ports } from '../../ports';
import { notConnected, requireInbox } from '../inbox';
import { withPatience } from '../waiting';
import { recordOutgoing } from './record-outgoing';
import { assertMaySend, movedOn, requireOutgoing } from './require-outgoing';
import { outboxKey } from './run-outbox';
import { submitInBackground } from './submit-in-background';

const PATIENCE_MS = 5_000;

/**
 * Takes a person's answer whether a mail of unknown outcome went out, and puts it on record. Only such an answer
 * leads to another submission, with the same Message-ID (S51), and only whoever may send from its inbox may give it,
 * for the mail goes out in its name. Resolves with its thread. Rejects with NOT_FOUND, NOT_ALLOWED, INBOX_NOT_CONNECTED, or
 * MESSAGE_UNDER_WAY while the mail is looked for, and when somebody else has answered.
 */
export const settleOutgoing = async (
  ports: Ports,
  messageDocumentId: string,
  answer: SettleMessageRequest['answer'],
  actor: string
): Promise<string> => {
  const entry = await requireOutgoing(ports, messageDocumentId);
  if (entry.stage !== 'asked') throw movedOn();
  await (answer === 'send-again' ? sendAgain(ports, entry, actor) : say(ports, entry, answer === 'went-out'));
  await ports.audit.record({
    action: 'message.settled',
    actor,
    subject: messageDocumentId,
    outcome: 'ok',
    facts: { answer },
  });
  return entry.threadDocumentId;
};

const say = async (ports: Ports, entry: OutboxEntry, wentOut: boolean): Promise<void> => {
  const transition = transitionOf({ kind: 'settled', wentOut });
  if (!(await recordOutgoing(ports, entry, transition, { under: { kind: 'stage' } }))) throw movedOn();
  ports.wakeups.wake(outboxKey(entry.inboxDocumentId));
};

const sendAgain = async (ports: Ports, entry: OutboxEntry, actor: string): Promise<void> => {
  const inbox = await requireInbox(ports, entry.inboxDocumentId);
  await assertMaySend(ports, inbox, actor);
  if (inbox.state === 'disconnected') throw notConnected(inbox);
  const submission = submitInBackground(ports, entry);
  const outcome = await withPatience(
    ports.clock,
    PATIENCE_MS,
    submission.then((submitted) => ({ submitted }))
  );
  if (outcome && !outcome.submitted) throw movedOn();
};
