import type { Ports } from '../../ports';
import { requireThread } from './require-thread';

/**
 * Mail that comes to an un-logged thread from now on is logged again; deleted mail stays deleted. Rejects with
 * NOT_FOUND.
 */
export const relogThread = async (
  ports: Pick<Ports, 'threads' | 'upkeep' | 'audit'>,
  threadDocumentId: string,
  actor: string
): Promise<void> => {
  const thread = await requireThread(ports, threadDocumentId);
  if (thread.state !== 'unlogged') return;
  await ports.upkeep.relog(threadDocumentId);
  await ports.audit.record({
    action: 'thread.relogged',
    actor,
    subject: threadDocumentId,
    outcome: 'ok',
    facts: {},
  });
};
