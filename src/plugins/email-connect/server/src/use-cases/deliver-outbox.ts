import { toEmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import type { ImapSession, OutboxEntry } from '../ports';
import { fileSentCopy } from './file-sent-copy';
import { submitMessage } from './submit-message';
import type { SubmitPorts } from './submit-message';
import { verifySent } from './verify-sent';

/**
 * Everything of this inbox that is due: mail not yet with the server, mail of which nobody knows, copies not yet in Sent.
 * One that fails is rescheduled and keeps nobody else waiting.
 */
export const deliverOutbox = async (
  ports: SubmitPorts,
  inbox: Inbox,
  session: ImapSession
): Promise<void> => {
  for (const entry of await ports.outbox.listDue(inbox.documentId, ports.clock.now())) {
    try {
      await deliver(ports, inbox, session, entry);
    } catch (error) {
      const failure = toEmailConnectError(error);
      ports.logger.warn(
        `Outgoing message ${entry.messageDocumentId} waits: ${failure.code} ${failure.detail}`
      );
    }
  }
};

const deliver = async (
  ports: SubmitPorts,
  inbox: Inbox,
  session: ImapSession,
  entry: OutboxEntry
): Promise<void> => {
  switch (entry.stage) {
    case 'submit':
      await submitMessage(ports, inbox, entry);
      return fileSentCopy(ports, inbox, session, { ...entry, stage: 'file' });
    case 'verify':
      return verifySent(ports, inbox, session, entry);
    case 'file':
      return fileSentCopy(ports, inbox, session, entry);
    case 'done':
    case 'failed':
      return;
    default:
      return entry.stage satisfies never;
  }
};
