import { normalizeAddress } from '../../domain/address/address';
import type { Inbox } from '../../domain/inbox/inbox';
import type { Ports } from '../../ports';
import { announceInbox, changedMeanwhile, changeInbox } from '../inbox';

/**
 * A manager says whether the address of an inbox is the team's (w51), on record. `address`: the one that they saw. Its
 * owner may have entered another one meanwhile: then it rejects with INBOX_CHANGED.
 */
export const judgeAddress = async (
  ports: Pick<Ports, 'inboxes' | 'audit' | 'news'>,
  documentId: string,
  { address, isTeamAddress }: Pick<Inbox, 'address' | 'isTeamAddress'>,
  actor: string
): Promise<Inbox> => {
  const inbox = await changeInbox(ports, documentId, (stored) => {
    if (normalizeAddress(stored.address) !== normalizeAddress(address)) throw changedMeanwhile(stored);
    return { isTeamAddress };
  });
  await ports.audit.record({
    action: isTeamAddress ? 'inbox.address-confirmed' : 'inbox.address-disowned',
    actor,
    subject: documentId,
    outcome: 'ok',
    facts: { address },
  });
  await announceInbox(ports, inbox, 'inbox.changed');
  return inbox;
};
