import type { OutboxEntry, Ports } from '../../ports';
import { outboxKey } from './run-outbox';
import { submitMessage } from './submit-message';
import type { Submitted } from './submit-message';

/**
 * Submits a mail, however long that takes, and wakes the inbox's sending loop for what is left to do: file its copy,
 * or look for it.
 */
export const submitInBackground = (ports: Ports, entry: OutboxEntry): Promise<Submitted | null> =>
  ports.background.run(async (stop) => {
    try {
      return await submitMessage(ports, entry, stop);
    } finally {
      ports.wakeups.wake(outboxKey(entry.inboxDocumentId));
    }
  });
