import { EmailConnectError, toEmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import { afterSubmissionFailure } from '../domain/outgoing/after-submission-failure';
import type { Bytes, OutboxEntry, Ports } from '../ports';
import { accessTo } from './open-inbox';

export type SubmitPorts = Pick<
  Ports,
  'clock' | 'hosts' | 'secrets' | 'inboxes' | 'smtp' | 'attachments' | 'outbox' | 'news' | 'logger'
>;

/** Longer than any submission takes; after that the attempt counts as of unknown outcome. */
const CLAIM_MS = 5 * 60_000;

/**
 * Hands one queued message to the sender's own server: the very bytes that were stored (S9, S14).
 * Rejects with what went wrong, after it is recorded: to be tried again, failed for good, or of unknown outcome
 * (never retried blindly: first somebody looks in Sent).
 */
export const submitMessage = async (ports: SubmitPorts, inbox: Inbox, entry: OutboxEntry): Promise<void> => {
  const claimed = await ports.outbox.claim(entry.outboxId, new Date(ports.clock.now().getTime() + CLAIM_MS));
  if (!claimed)
    throw new EmailConnectError('LEASE_LOST', 'Someone else is sending this message.', 'Nothing to do.');
  try {
    const source = await readAll(await ports.attachments.open(entry.sourceKey));
    const receipt = await ports.smtp.submit(await accessTo(ports, inbox, 'smtp'), entry.smtpEnvelope, source);
    await ports.outbox.recordSent(entry, receipt, ports.clock.now());
  } catch (error) {
    const failure = toEmailConnectError(error);
    const next = afterSubmissionFailure(failure.code, entry.attempts + 1);
    await ports.outbox.recordSetback(entry, {
      stage: next.stage,
      deliveryStatus: next.deliveryStatus,
      code: failure.code,
      message: `${failure.message} ${failure.nextStep}`,
      nextAttemptAt: next.waitMs === null ? null : new Date(ports.clock.now().getTime() + next.waitMs),
    });
    await announce(ports, entry, 'message.failed');
    throw failure;
  }
  await announce(ports, entry, 'message.sent');
};

const announce = (ports: SubmitPorts, entry: OutboxEntry, kind: 'message.sent' | 'message.failed') =>
  ports.news.announce({
    kind,
    inboxDocumentId: entry.inboxDocumentId,
    threadDocumentId: entry.threadDocumentId,
    contacts: entry.contacts,
  });

/** SMTP wants the message whole: it is bounded by the outgoing limit. */
export const readAll = async (bytes: Bytes): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
};
