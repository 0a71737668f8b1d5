import type { Ports } from '../../ports';
import { requireThread } from './require-thread';

/**
 * Un-logs a thread for good (S21): its mail is deleted here, never in the mailbox, and no later pass, backfill
 * or second inbox brings it back. Its files are deleted by the next sweeps. What waits to be sent is sent no more.
 * A mail that lies in the folder for un-logging does the same within a pass: `records/recording/record-pass`.
 * Rejects with NOT_FOUND, or MESSAGE_UNDER_WAY in the moments in which a mail of it is handed to its server.
 */
export const unlogThread = async (
  ports: Pick<Ports, 'threads' | 'upkeep' | 'audit' | 'clock'>,
  threadDocumentId: string,
  actor: string
): Promise<void> => {
  const thread = await requireThread(ports, threadDocumentId);
  await ports.upkeep.unlog(threadDocumentId, ports.clock.now());
  await ports.audit.record({
    action: 'thread.unlogged',
    actor,
    subject: threadDocumentId,
    outcome: 'ok',
    facts: { messages: String(thread.messageCount) },
  });
};
