import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { Fence, ImapSession, Ports } from '../../ports';
import type { ConnectQueue } from '../inbox';
import { accessTo, requireInbox } from '../inbox';
import { deliverOutbox } from './deliver-outbox';
import type { DeliverySignals } from './deliver-outbox';

/** The wake-up key of an inbox's sending loop, apart from that of its reading loop. */
export const outboxKey = (inboxDocumentId: string): string => `${inboxDocumentId}/outbox`;

/** Another process may have queued a mail without being able to wake this one. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Sends the due mail of one inbox until `signal` aborts, also while the inbox is paused: a pause stops reading only.
 * The loop has a connection of its own, for one turn and only where Sent is needed, so that neither loop waits for
 * the other (S47).
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

/** Neither a failing database nor any other failure here concerns the reading loop. */
const FAILED_WAIT_MS = 5_000;
/** A due mail that nobody may claim yet must not make the loop spin. */
const SHORTEST_WAIT_MS = 250;

/** Resolves with the time until the next mail is due, in ms. */
const turn = async (
  ports: Ports,
  inboxDocumentId: string,
  connects: ConnectQueue,
  signal: AbortSignal
): Promise<number> => {
  const inbox = await ports.inboxes.load(inboxDocumentId);
  if (!inbox || inbox.state === 'disconnected') return LONGEST_WAIT_MS;
  // Does not end with the loop: a changed setting would give a mail that waits for its server's answer an unknown
  // outcome.
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
    // At most once a turn, also when it failed: a refused password is not tried for every mail.
    await deliverOutbox(ports, inbox, () => (session ??= open()), signals);
  } finally {
    await closed(session);
  }
};

/** Resolves when `work` does, or when `signal` aborts; `work` then goes on. */
const orAborted = (signal: AbortSignal, work: Promise<void>): Promise<void> =>
  new Promise((resolve, reject) => {
    const leave = () => resolve();
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });

/**
 * A login that the reading loop was refused is not tried again here: providers lock out accounts with too many logins
 * (c25).
 */
const needsYou = ({ address, stateReason }: Inbox): EmailConnectError =>
  new EmailConnectError('LOGIN_REFUSED', `The mailbox of ${address} cannot be opened.`, stateReason);

const closed = async (session: Promise<ImapSession> | null): Promise<void> => {
  const opened = await session?.catch(() => null);
  await opened?.close();
};
