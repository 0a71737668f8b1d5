import { EmailConnectError } from '../../domain/errors';
import type { Backfill } from '../../domain/sync/backfill';
import type { Ports } from '../../ports';
import { askInbox, requireInbox } from '../inbox';

type BackfillPorts = Pick<Ports, 'inboxes' | 'backfills' | 'clock' | 'wakeups' | 'audit'>;

export type BackfillChange = 'pause' | 'resume' | 'cancel';

/**
 * The states that each change may start from, and the state it leads to. Mail that the backfill logged stays in any
 * case.
 */
const CHANGES: Record<BackfillChange, { from: readonly Backfill['state'][]; to: Backfill['state'] }> = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['running', 'paused'], to: 'cancelled' },
};

/** Rejects with NOT_FOUND when there is no backfill, or INPUT_INVALID when its state does not allow the change. */
export const changeBackfill = async (
  ports: BackfillPorts,
  inboxDocumentId: string,
  change: BackfillChange,
  actor: string
): Promise<Backfill | null> => {
  await requireInbox(ports, inboxDocumentId);
  const backfill = await ports.backfills.load(inboxDocumentId);
  if (!backfill) {
    throw new EmailConnectError('NOT_FOUND', 'No older mail was asked for.', 'Begin a backfill first.');
  }
  const { from, to } = CHANGES[change];
  if (!from.includes(backfill.state)) {
    throw new EmailConnectError(
      'INPUT_INVALID',
      `The reading of older mail is ${backfill.state}.`,
      'Reload the page to see where it stands.'
    );
  }
  await ports.backfills.setState(inboxDocumentId, to, ports.clock.now());
  await askInbox(ports, inboxDocumentId);
  await ports.audit.record({
    action: `backfill.${to}`,
    actor,
    subject: inboxDocumentId,
    outcome: 'ok',
    facts: {},
  });
  return ports.backfills.load(inboxDocumentId);
};
