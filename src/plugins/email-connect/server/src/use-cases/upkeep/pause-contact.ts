import type { LinkedContact } from '../../domain/outgoing/outgoing';
import type { Ports } from '../../ports';

/** While a contact is paused, mail with that contact alone is not logged, in any inbox. */
export const pauseContact = async (
  ports: Pick<Ports, 'upkeep' | 'audit' | 'clock'>,
  { contactType, documentId }: LinkedContact,
  paused: boolean,
  actor: string
): Promise<void> => {
  await ports.upkeep.pauseContact({ contactType, documentId }, paused, ports.clock.now());
  await ports.audit.record({
    action: paused ? 'contact.paused' : 'contact.resumed',
    actor,
    subject: documentId,
    outcome: 'ok',
    facts: { contactType },
  });
};
