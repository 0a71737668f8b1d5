import { toEmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';
import type { Supervisor } from './supervise-inboxes';

const LOOK_MS = 2_000;
/** The last minute is read again each time: a transaction that began earlier may end later. */
const OVERLAP_MS = 60_000;

/**
 * Follows, until `signal` aborts, what people change and ask of inboxes in other processes: one query every two
 * seconds, however many inboxes there are.
 */
export const followSignals = async (
  ports: Pick<Ports, 'clock' | 'inboxes' | 'logger'>,
  supervisor: Pick<Supervisor, 'heed'>,
  signal: AbortSignal
): Promise<void> => {
  let heardAt = ports.clock.monotonicMs();
  let isDeaf = false;
  while (!signal.aborted) {
    const now = ports.clock.monotonicMs();
    try {
      const signals = await ports.inboxes.listSignalled(OVERLAP_MS + now - heardAt);
      signals.forEach(supervisor.heed);
      heardAt = now;
      isDeaf = false;
    } catch (error) {
      const { code, detail } = toEmailConnectError(error);
      if (!isDeaf) ports.logger.warn(`Other processes are not heard just now: ${code} ${detail}`);
      isDeaf = true;
    }
    await ports.clock.sleep(LOOK_MS, signal);
  }
};
