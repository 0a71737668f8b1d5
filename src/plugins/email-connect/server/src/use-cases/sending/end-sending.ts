import { disconnections, transitionOf } from '../../domain/outgoing/transition';
import { recordOutgoing } from './record-outgoing';
import type { RecordOutgoingPorts } from './record-outgoing';

/**
 * Ends the sending of an inbox that was disconnected: waiting mail is held for its owner (S4), the owner has to say
 * what became of mail of unknown outcome, and a copy missing in Sent stays missing. No mail is dropped, and none goes
 * out months later. Safe to repeat.
 */
export const endSending = async (ports: RecordOutgoingPorts, inboxDocumentId: string): Promise<void> => {
  for (const entry of await ports.outbox.listOpen(inboxDocumentId)) {
    if (entry.stage === 'submitting') {
      await recordOutgoing(ports, entry, transitionOf({ kind: 'claim-ran-out' }), {
        under: { kind: 'ran-out' },
      });
      continue;
    }
    const transition = disconnections.find(({ from }) => from.includes(entry.stage));
    if (!transition) continue;
    const filed = transition.to === 'filed' ? ({ filed: 'skipped' } as const) : {};
    await recordOutgoing(ports, entry, transition, { under: { kind: 'stage' }, ...filed });
  }
};
