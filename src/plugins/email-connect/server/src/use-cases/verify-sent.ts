import type { Inbox } from '../domain/inbox/inbox';
import { afterLookInSent } from '../domain/outgoing/after-look-in-sent';
import type { ImapSession, OutboxEntry, Ports } from '../ports';
import { isInSent } from './file-sent-copy';
import { finishOutgoing } from './finish-outgoing';

type VerifyPorts = Pick<Ports, 'attachments' | 'outbox' | 'clock'>;

/** Did a message of unknown outcome go out? Sent answers where the provider files sent mail itself; else a person must. */
export const verifySent = async (
  ports: VerifyPorts,
  inbox: Inbox,
  session: ImapSession,
  entry: OutboxEntry
): Promise<void> => {
  const found = inbox.sentFolderPath !== null && (await isInSent(session, inbox.sentFolderPath, entry));
  const next = afterLookInSent({ found, sentCopy: inbox.sentCopy, attempts: entry.attempts });
  switch (next.kind) {
    case 'sent':
      await ports.outbox.recordSent(
        entry,
        { serverMessageId: null, response: 'Found in Sent.' },
        ports.clock.now()
      );
      return finishOutgoing(ports, entry, 'found');
    case 'look-again':
    case 'submit-again':
      return ports.outbox.recordSetback(entry, {
        stage: next.kind === 'look-again' ? 'verify' : 'submit',
        deliveryStatus: 'unknown',
        code: 'SEND_OUTCOME_UNKNOWN',
        message: next.message,
        nextAttemptAt: new Date(ports.clock.now().getTime() + next.waitMs),
      });
    case 'ask-a-person':
      return ports.outbox.recordSetback(entry, {
        stage: 'failed',
        deliveryStatus: 'unknown',
        code: 'SEND_OUTCOME_UNKNOWN',
        message: next.message,
        nextAttemptAt: null,
      });
    default:
      return next satisfies never;
  }
};
