import { transitionOf } from '../../domain/outgoing/transition';
import type { Ports } from '../../ports';
import { recordOutgoing } from './record-outgoing';
import type { RecordOutgoingPorts } from './record-outgoing';
import { movedOn, requireOutgoing } from './require-outgoing';

/**
 * Takes back a mail that waits to be sent. Rejects with NOT_FOUND, or MESSAGE_UNDER_WAY once the server may have it.
 */
export const cancelOutgoing = async (
  ports: RecordOutgoingPorts & Pick<Ports, 'audit'>,
  messageDocumentId: string,
  actor: string
): Promise<string> => {
  const entry = await requireOutgoing(ports, messageDocumentId);
  const under = { kind: 'stage' } as const;
  if (!(await recordOutgoing(ports, entry, transitionOf({ kind: 'cancelled' }), { under }))) throw movedOn();
  await ports.audit.record({
    action: 'message.cancelled',
    actor,
    subject: messageDocumentId,
    outcome: 'ok',
    facts: {},
  });
  return entry.threadDocumentId;
};
