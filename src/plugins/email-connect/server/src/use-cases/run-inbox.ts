import type { EmailConnectError } from '../domain/errors';
import { toEmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import { stateAfterFailure } from '../domain/inbox/next-state';
import type { Fence, Ports } from '../ports';
import { deliverOutbox } from './deliver-outbox';
import { accessTo } from './open-inbox';
import { primaryFolder, syncInbox } from './sync-inbox';

/** A lease outlives two missed renewals; a process that died holds its inboxes no longer than this. */
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;
/** How soon a free lease is noticed. */
const LEASE_RETRY_MS = 5_000;

/**
 * Keeps one inbox live until `signal` aborts. Three phases, again after every failure:
 * connect (log in, under the lease), catchUp (everything since the cursors), live (IDLE, and a pass on every wake-up).
 * `holder` names this process: only one process at a time holds an inbox.
 */
export const runInbox = async (
  ports: Ports,
  inboxDocumentId: string,
  holder: string,
  signal: AbortSignal
): Promise<void> => {
  let failures = 0;
  while (!signal.aborted) {
    const inbox = await ports.inboxes.load(inboxDocumentId);
    if (!inbox || !isRunnable(inbox)) return;
    const fence = await ports.leases.acquire(inboxDocumentId, holder, LEASE_MS);
    if (!fence) {
      await ports.clock.sleep(LEASE_RETRY_MS, signal);
      continue;
    }
    try {
      await underLease(ports, fence, signal, (held) =>
        keepLive(ports, inbox, fence, held, () => {
          failures = 0;
        })
      );
    } catch (error) {
      const failure = toEmailConnectError(error);
      // Whoever holds the lease now says how the inbox is.
      if (failure.code === 'LEASE_LOST') continue;
      failures += 1;
      await rest(ports, inbox, failure, failures, signal);
    } finally {
      await ports.leases.release(fence);
    }
  }
};

export const isRunnable = (inbox: Inbox): boolean =>
  inbox.state !== 'paused' && inbox.state !== 'disconnected';

/** Runs `work` while the lease is renewed; its signal aborts when the lease is lost or the caller stops. */
const underLease = async (
  ports: Ports,
  fence: Fence,
  signal: AbortSignal,
  work: (held: AbortSignal) => Promise<void>
): Promise<void> => {
  const held = new AbortController();
  const stop = () => held.abort();
  signal.addEventListener('abort', stop);
  const renewal = (async () => {
    while (!held.signal.aborted) {
      await ports.clock.sleep(RENEW_MS, held.signal);
      // A database that cannot be asked is as good as a lost lease: the fence would refuse every write anyway.
      if (!held.signal.aborted && !(await ports.leases.renew(fence, LEASE_MS).catch(() => false))) stop();
    }
  })();
  try {
    await work(held.signal);
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await renewal;
  }
};

const keepLive = async (
  ports: Ports,
  inbox: Inbox,
  fence: Fence,
  signal: AbortSignal,
  onHealthy: () => void
): Promise<void> => {
  let closed: EmailConnectError | null = null;
  // Not a wake-up: one that breaks during a pass would be kept, and cut short the rest after it.
  const ended = new AbortController();
  const session = await ports.imap.connect(await accessTo(ports, inbox, 'imap'), (error) => {
    closed = toEmailConnectError(error ?? new Error('The server closed the connection.'));
    ended.abort();
  });
  const stopped = AbortSignal.any([signal, ended.signal]);
  try {
    if (inbox.state !== 'ok')
      await record(ports, inbox, { state: 'catching-up', stateCode: '', stateReason: '' });
    const primary = primaryFolder(await ports.folders.list(inbox.documentId));
    if (primary) await session.watch(primary.folderPath, () => ports.wakeups.wake(inbox.documentId));
    while (!signal.aborted) {
      await syncInbox(ports, { inbox, fence, session, signal });
      if (signal.aborted) return;
      await deliverOutbox(ports, inbox, session);
      onHealthy();
      await recordPassed(ports, inbox);
      await ports.wakeups.wait(inbox.documentId, ports.settings.passIntervalMs, stopped);
      if (closed) throw closed as EmailConnectError;
    }
  } finally {
    await session.close();
  }
};

const recordPassed = async (ports: Ports, inbox: Inbox): Promise<void> => {
  const now = ports.clock.now();
  await record(ports, inbox, {
    state: 'ok',
    stateCode: '',
    stateReason: '',
    consecutiveFailures: 0,
    lastPassAt: now.toISOString(),
    nextPassAt: new Date(now.getTime() + ports.settings.passIntervalMs).toISOString(),
  });
};

/** Says what is wrong, with the next step, and waits before the next try (a.13). */
const rest = async (
  ports: Ports,
  inbox: Inbox,
  failure: EmailConnectError,
  failures: number,
  signal: AbortSignal
): Promise<void> => {
  const jitter = (ports.random.bytes(1)[0] ?? 0) / 255;
  const { state, waitMs } = stateAfterFailure(failure.code, failures, jitter);
  ports.logger.warn(
    `Inbox ${inbox.documentId} is ${state}: ${failure.code} ${failure.message} ${failure.detail}`
  );
  await record(ports, inbox, {
    state,
    stateCode: failure.code,
    stateReason: `${failure.message} ${failure.nextStep}`,
    consecutiveFailures: failures,
    nextPassAt: new Date(ports.clock.now().getTime() + waitMs).toISOString(),
  });
  // What the connection heard before it broke is found by the next pass; it must not cut the rest short.
  await ports.wakeups.wait(inbox.documentId, 0, signal);
  await ports.wakeups.wait(inbox.documentId, waitMs, signal);
};

/** A person's pause or disconnect, made meanwhile, is not written over. */
const record = async (
  ports: Ports,
  inbox: Inbox,
  change: Partial<Omit<Inbox, 'documentId'>>
): Promise<void> => {
  const stored = await ports.inboxes.load(inbox.documentId);
  if (!stored || !isRunnable(stored)) return;
  await ports.inboxes.update(inbox.documentId, change);
  if (change.state && change.state !== stored.state) {
    await ports.news.announce({
      kind: 'inbox.changed',
      inboxDocumentId: inbox.documentId,
      threadDocumentId: null,
      contacts: [],
    });
  }
};
