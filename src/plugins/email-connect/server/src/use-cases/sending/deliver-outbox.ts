import { unreachable } from '../../../../shared/unreachable';
import { toEmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import { isLoginRefusal } from '../../domain/outgoing/submission-failures';
import { transitionOf } from '../../domain/outgoing/transition';
import type { ImapSession, OutboxEntry } from '../../ports';
import { fileSentCopy } from './file-sent-copy';
import { lookInSent } from './look-in-sent';
import { recordOutgoing } from './record-outgoing';
import { submitMessage } from './submit-message';
import type { SubmitPorts } from './submit-message';

export interface DeliverySignals {
  /** When it aborts, no further step is begun. */
  leave: AbortSignal;
  /** When it aborts, the step that is under way ends as soon as it can. */
  stop: AbortSignal;
}

/**
 * Does everything that is due for this inbox: mail that is not submitted yet, mail of unknown outcome, copies that
 * are not in Sent yet. A mail that fails does not hold up the others. `openSession` logs in when a folder is first
 * needed.
 */
export const deliverOutbox = async (
  ports: SubmitPorts,
  inbox: Inbox,
  openSession: () => Promise<ImapSession>,
  { leave, stop }: DeliverySignals
): Promise<void> => {
  await recordEvident(ports, inbox.documentId);
  let isLoginRefused = false;
  for (const entry of await ports.outbox.listDue(inbox.documentId)) {
    if (leave.aborted || stop.aborted) return;
    if (isLoginRefused && entry.stage === 'queued') continue;
    try {
      const outcome = await deliver(ports, inbox, openSession, entry, stop);
      isLoginRefused ||= outcome === 'login-refused';
    } catch (error) {
      const failure = toEmailConnectError(error);
      ports.logger.warn(
        `Outgoing message ${entry.messageDocumentId} waits: ${failure.code} ${failure.detail}`
      );
    }
  }
};

/**
 * A person who was told that the outcome is unknown is told that the mail went out, as soon as its copy appears
 * (S14).
 */
const recordEvident = async (ports: SubmitPorts, inboxDocumentId: string): Promise<void> => {
  for (const entry of await ports.outbox.listEvident(inboxDocumentId)) {
    await recordOutgoing(ports, entry, transitionOf({ kind: 'taken', refused: [] }), {
      under: { kind: 'stage' },
      receipt: { serverMessageId: null, response: 'Seen in a mailbox.', refused: [] },
    });
  }
};

/**
 * One refused login is reported, and no second login is tried: the other mail of this inbox is put off until a person
 * may have mended it.
 */
const submit = async (
  ports: SubmitPorts,
  entry: OutboxEntry,
  stop: AbortSignal
): Promise<'login-refused' | 'done'> => {
  const failure = (await submitMessage(ports, entry, stop))?.failure;
  if (!failure || !isLoginRefusal(failure.code)) return 'done';
  for (const waiting of await ports.outbox.listOpen(entry.inboxDocumentId)) {
    if (waiting.outboxId === entry.outboxId) continue;
    const under = { kind: 'stage' } as const;
    await recordOutgoing(ports, waiting, transitionOf({ kind: 'put-off', failure }), { under });
  }
  return 'login-refused';
};

const deliver = async (
  ports: SubmitPorts,
  inbox: Inbox,
  openSession: () => Promise<ImapSession>,
  entry: OutboxEntry,
  stop: AbortSignal
): Promise<'login-refused' | 'done'> => {
  switch (entry.stage) {
    case 'queued':
      return submit(ports, entry, stop);
    case 'submitting':
      await recordOutgoing(ports, entry, transitionOf({ kind: 'claim-ran-out' }), {
        under: { kind: 'ran-out' },
      });
      return 'done';
    case 'unknown':
      await lookInSent(ports, inbox, openSession, entry, stop);
      return 'done';
    case 'sent':
      await fileSentCopy(ports, inbox, openSession, entry, stop);
      return 'done';
    case 'held':
    case 'asked':
    case 'filed':
    case 'refused':
    case 'cancelled':
    case 'ended':
      return 'done';
    default:
      return unreachable(entry.stage);
  }
};
