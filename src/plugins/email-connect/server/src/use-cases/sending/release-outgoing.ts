import { EmailConnectError } from '../../domain/errors';
import { isComposedFor } from '../../domain/outgoing/composed-for';
import { transitionOf } from '../../domain/outgoing/transition';
import type { Ports } from '../../ports';
import { notConnected, requireInbox } from '../inbox';
import { recordOutgoing } from './record-outgoing';
import type { RecordOutgoingPorts } from './record-outgoing';
import { assertMaySend, movedOn, requireOutgoing } from './require-outgoing';
import { outboxKey } from './run-outbox';

/**
 * Lets a held mail go out, as it was composed or not at all (S4): only whoever may send from its inbox may do
 * this, for it goes out in its name. Rejects with NOT_FOUND, NOT_ALLOWED, INBOX_NOT_CONNECTED, MESSAGE_UNDER_WAY, or
 * INBOX_CHANGED, which ends the mail.
 */
export const releaseOutgoing = async (
  ports: RecordOutgoingPorts & Pick<Ports, 'access' | 'audit' | 'inboxes' | 'wakeups'>,
  messageDocumentId: string,
  actor: string
): Promise<string> => {
  const entry = await requireOutgoing(ports, messageDocumentId);
  const inbox = await requireInbox(ports, entry.inboxDocumentId);
  await assertMaySend(ports, inbox, actor);
  if (inbox.state === 'disconnected') throw notConnected(inbox);
  const isAsComposed = isComposedFor(entry.composedFor, inbox);
  const transition = transitionOf({ kind: 'released', isAsComposed });
  if (!(await recordOutgoing(ports, entry, transition, { under: { kind: 'stage' } }))) throw movedOn();
  await ports.audit.record({
    action: 'message.released',
    actor,
    subject: messageDocumentId,
    outcome: isAsComposed ? 'ok' : 'refused',
    facts: {},
  });
  if (transition.failure) {
    const { code, message, nextStep, detail } = transition.failure;
    throw new EmailConnectError(code, message, nextStep, detail);
  }
  ports.wakeups.wake(outboxKey(entry.inboxDocumentId));
  return entry.threadDocumentId;
};
