import { toEmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import type { ImapSession, OutboxEntry, Ports } from '../ports';
import { finishOutgoing } from './finish-outgoing';
import { readAll } from './submit-message';

type FilePorts = Pick<Ports, 'attachments' | 'outbox' | 'clock'>;

const RETRY_MS = 5 * 60_000;

/**
 * Exactly one copy in Sent, byte-identical to what was submitted (S8, S9), marked read.
 * APPEND is not idempotent and some servers file by themselves, so Sent is searched first, every time.
 * Rejects after the setback is recorded; the message itself stays sent.
 */
export const fileSentCopy = async (
  ports: FilePorts,
  inbox: Inbox,
  session: ImapSession,
  entry: OutboxEntry
): Promise<void> => {
  const folderPath = inbox.sentFolderPath;
  if (inbox.sentCopy !== 'append' || folderPath === null) return finishOutgoing(ports, entry, 'skipped');
  try {
    if (await isInSent(session, folderPath, entry)) return await finishOutgoing(ports, entry, 'found');
    const source = await readAll(await ports.attachments.open(entry.sourceKey));
    await session.append(folderPath, source, ports.clock.now());
    return await finishOutgoing(ports, entry, 'appended');
  } catch (error) {
    const failure = toEmailConnectError(error);
    await ports.outbox.recordSetback(entry, {
      stage: 'file',
      deliveryStatus: 'sent',
      code: 'SENT_COPY_FAILED',
      message: `The mail was sent, but its copy is not in Sent yet: ${failure.message}`,
      nextAttemptAt: new Date(ports.clock.now().getTime() + RETRY_MS),
    });
    throw failure;
  }
};

export const isInSent = async (
  session: ImapSession,
  folderPath: string,
  entry: OutboxEntry
): Promise<boolean> => (await session.findByMessageId(folderPath, entry.messageId)).length > 0;
