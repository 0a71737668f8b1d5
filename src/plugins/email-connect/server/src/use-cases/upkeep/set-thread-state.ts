import { EmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';
import { requireThread } from './require-thread';

/**
 * `muted`: mail that comes from now on is not logged. Rejects with NOT_FOUND, or THREAD_UNLOGGED: `relogThread` leads
 * back from that state.
 */
export const setThreadState = async (
  ports: Pick<Ports, 'threads' | 'upkeep' | 'audit'>,
  threadDocumentId: string,
  state: 'open' | 'muted',
  actor: string
): Promise<void> => {
  const thread = await requireThread(ports, threadDocumentId);
  if (thread.state === 'unlogged') {
    throw new EmailConnectError(
      'THREAD_UNLOGGED',
      'This conversation was un-logged.',
      'Let it be logged again first.'
    );
  }
  await ports.upkeep.setState(threadDocumentId, state);
  await ports.audit.record({
    action: `thread.${state}`,
    actor,
    subject: threadDocumentId,
    outcome: 'ok',
    facts: {},
  });
};
