import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { Fence, ImapSession, Ports } from '../../ports';
import type { ConnectQueue } from '../inbox';
import { accessTo, requireInbox } from '../inbox';
import { deliverOutbox } from './deliver-outbox';
import type { DeliverySignals } from './deliver-outbox';

/** What the sending loop of an inbox waits for, apart from what its reading loop waits for. */
export const outboxKey = (inboxDocumentId: string): string => `${inboxDocumentId}/outbox`;

/** Another process may have queued something without being able to wake this one. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Sends what is due of one inbox until `signal` aborts, paused or not: a pause stops reading. It has a connection of its own,
 * for as long as a turn lasts and only where Sent is needed, so that neither loop waits for the other (S47).
 */
export const runOutbox = async (
  ports: Ports,
  { inboxDocumentId }: Fence,
  connects: ConnectQueue,
  signal: AbortSignal
): Promise<void> => {
  while (!signal.aborted) {
    const waitMs = await turn(ports, inboxDocumentId, connects, signal).catch((error: unknown) => {
      const { code, detail } = toEmailConnectError(error);
      ports.logger.warn(`Sending from inbox ${inboxDocumentId} waits: ${code} ${detail}`);
      return FAILED_WAIT_MS;
    });
    await ports.wakeups.wait(outboxKey(inboxDocumentId), waitMs, signal);
  }
};

/** A database that is away is none of the reading loop's business, nor is any other failure here. */
const FAILED_WAIT_MS = 5_000;
/** Something due that nobody may claim yet must not make the loop spin. */
const SHORTEST_WAIT_MS = 250;

/** Resolves with how long there is nothing to do, in ms. */
const turn = async (
  ports: Ports,
  inboxDocumentId: string,
  connects: ConnectQueue,
  signal: AbortSignal
): Promise<number> => {
  const inbox = await ports.inboxes.load(inboxDocumentId);
  if (!inbox || inbox.state === 'disconnected') return LONGEST_WAIT_MS;
  // Not ended with the loop: a mail that waits for its server's answer would be of unknown outcome for a changed setting.
  await orAborted(
    signal,
    ports.background.run((stop) => deliver(ports, inbox, connects, { leave: signal, stop }))
  );
  const dueInMs = (await ports.outbox.nextDueInMs(inboxDocumentId)) ?? LONGEST_WAIT_MS;
  return Math.min(Math.max(dueInMs, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
};

const deliver = async (
  ports: Ports,
  inbox: Inbox,
  connects: ConnectQueue,
  signals: DeliverySignals
): Promise<void> => {
  const { stop } = signals;
  let session: Promise<ImapSession> | null = null;
  const open = async (): Promise<ImapSession> => {
    // A turn may last for hours: see `submitMessage`.
    const now = await requireInbox(ports, inbox.documentId);
    if (now.state === 'needs-you') throw needsYou(now);
    const access = await accessTo(ports, now, 'imap', stop);
    return connects.run(access.host, stop, () => ports.imap.connect(access, stop));
  };
  try {
    // Once a turn, and not at all after it failed: a refused password is not tried for every mail.
    await deliverOutbox(ports, inbox, () => (session ??= open()), signals);
  } finally {
    await closed(session);
  }
};

/** Resolves when `work` does, or `signal` aborts: `work` goes on then. */
const orAborted = (signal: AbortSignal, work: Promise<void>): Promise<void> =>
  new Promise((resolve, reject) => {
    const leave = () => resolve();
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });

/** What the reading loop was refused is not tried again from here: providers lock out who asks too often (c25). */
const needsYou = ({ address, stateReason }: Inbox): EmailConnectError =>
  new EmailConnectError('LOGIN_REFUSED', `The mailbox of ${address} cannot be opened.`, stateReason);

const closed = async (session: Promise<ImapSession> | null): Promise<void> => {
  const opened = await session?.catch(() => null);
  await opened?.close();
};
