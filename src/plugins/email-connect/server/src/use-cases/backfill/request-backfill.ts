import { EmailConnectError } from '../../domain/errors';
import { onDay } from '../../domain/sync/backfill';
import type { Backfill } from '../../domain/sync/backfill';
import type { Ports } from '../../ports';
import { askInbox, notConnected, requireInbox } from '../inbox';

type BackfillPorts = Pick<Ports, 'inboxes' | 'backfills' | 'clock' | 'settings' | 'wakeups' | 'audit'>;

/**
 * Asks for the mail of logged conversations since `since` (S7). The inbox's loop reads it, newest first, between its
 * passes. Rejects with NOT_FOUND, INBOX_NOT_CONNECTED, INPUT_INVALID for a day to come, BACKFILL_RUNNING.
 */
export const requestBackfill = async (
  ports: BackfillPorts,
  inboxDocumentId: string,
  since: Date,
  actor: string
): Promise<Backfill> => {
  const inbox = await requireInbox(ports, inboxDocumentId);
  if (inbox.state === 'disconnected') throw notConnected(inbox);
  const now = ports.clock.now();
  if (since.getTime() >= now.getTime()) {
    throw new EmailConnectError('INPUT_INVALID', 'This day is still to come.', 'Choose a day in the past.');
  }
  const earlier = await ports.backfills.load(inboxDocumentId);
  const backfill = beginning(since, now, earlier, ports.settings.backfillDailyBytes);
  if (!(await ports.backfills.begin(inboxDocumentId, backfill))) throw alreadyRunning();
  await askInbox(ports, inboxDocumentId);
  await ports.audit.record({
    action: 'backfill.requested',
    actor,
    subject: inboxDocumentId,
    outcome: 'ok',
    facts: { since: backfill.since },
  });
  return backfill;
};

/** The bytes read today still count: the provider's daily limit does not begin anew with a new backfill. */
const beginning = (since: Date, now: Date, earlier: Backfill | null, dailyBytes: number): Backfill => {
  const day = now.toISOString().slice(0, 10);
  return {
    since: since.toISOString(),
    state: 'running',
    startedAt: now.toISOString(),
    endedAt: null,
    total: 0,
    scanned: 0,
    logged: 0,
    day,
    bytesToday: earlier ? onDay(earlier, day).bytesToday : 0,
    dailyBytes,
    folders: [],
  };
};

const alreadyRunning = () =>
  new EmailConnectError(
    'BACKFILL_RUNNING',
    'Older mail of this inbox is being read already, or its reading is paused.',
    'Wait until it is done, or cancel it first.'
  );
