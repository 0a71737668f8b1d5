import { toEmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';
import type { Supervisor } from './supervise-inboxes';

const LOOK_MS = 2_000;
/** What is looked at again each time: a transaction that began earlier may end later. */
const OVERLAP_MS = 60_000;

/**
 * Hears, until `signal` aborts, what people change and ask of inboxes by way of other processes: one query every two seconds,
 * however many inboxes there are.
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
