import type { Ports } from '../ports';
import { removeFiles } from './remove-files';
import { assertNothingUnderWay, requireThread } from './require-thread';

/**
 * Un-logs a thread for good (S21): its mail and files are deleted here, never in the mailbox, and no later pass, backfill
 * or second inbox brings them back. Rejects with NOT_FOUND, or INPUT_INVALID while a mail of it is on its way out.
 */
export const unlogThread = async (
  ports: Pick<Ports, 'threads' | 'upkeep' | 'attachments' | 'audit' | 'clock' | 'logger'>,
  threadDocumentId: string,
  actor: string
): Promise<void> => {
  const thread = await requireThread(ports, threadDocumentId);
  assertNothingUnderWay(thread.messages);
  await removeFiles(ports, await ports.upkeep.unlog(threadDocumentId, ports.clock.now()));
  await ports.audit.record({
    action: 'thread.unlogged',
    actor,
    subject: threadDocumentId,
    outcome: 'ok',
    facts: { messages: String(thread.messages.length) },
  });
};
