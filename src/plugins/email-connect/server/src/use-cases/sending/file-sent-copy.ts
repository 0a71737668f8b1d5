import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import type { ErrorCode } from '../../domain/errors';
import { orGivenUp } from '../../domain/give-up';
import type { Inbox } from '../../domain/inbox/inbox';
import { transitionOf } from '../../domain/outgoing/transition';
import type { ImapSession, OutboxEntry, Ports, RecordedFacts } from '../../ports';
import { readAll } from '../files';
import { holdClaim } from './hold-claim';
import type { HeldEntry } from './hold-claim';
import { recordHeld } from './record-surely';
import type { RecordSurelyPorts } from './record-surely';

export type FilePorts = RecordSurelyPorts & Pick<Ports, 'random'>;

/**
 * Files exactly one copy in Sent, byte-identical to the submitted mail (S8, S9), marked read. APPEND is not
 * idempotent and some servers file copies themselves, so Sent is always searched first; after an APPEND that was
 * never answered, only once the server must have finished it. The mail itself stays sent, whatever becomes of its
 * copy.
 */
export const fileSentCopy = async (
  ports: FilePorts,
  inbox: Inbox,
  openSession: () => Promise<ImapSession>,
  entry: OutboxEntry,
  stop: AbortSignal
): Promise<void> => {
  await holdClaim(ports, entry, 'sent', stop, async (held) => {
    const progress = { appends: false };
    try {
      const filed = await file(ports, inbox, openSession, held, progress);
      await recordHeld(ports, held, transitionOf({ kind: 'filed' }), { filed });
    } catch (error) {
      const { code, message } = toEmailConnectError(error);
      const isKnown = !progress.appends || REFUSALS.has(code);
      const tries = held.entry.looks;
      await recordHeld(ports, held, transitionOf({ kind: 'not-filed', message, isKnown, tries }), {});
      ports.logger.warn(`The copy of message ${entry.messageDocumentId} is not in Sent yet: ${code}`);
    }
  });
};

/** Codes with which a server refuses an APPEND. After any other failure the server may have kept the copy. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['SERVER_REFUSED', 'SERVER_THROTTLED', 'MESSAGE_TOO_LARGE']);

const file = async (
  ports: FilePorts,
  { sentCopy, sentFolderPath }: Inbox,
  openSession: () => Promise<ImapSession>,
  { entry, signal }: HeldEntry,
  progress: { appends: boolean }
): Promise<NonNullable<RecordedFacts['filed']>> => {
  if (sentCopy !== 'append' || sentFolderPath === null) return 'skipped';
  return withSession(openSession, signal, async (session) => {
    if (await isInSent(session, sentFolderPath, entry)) return 'found';
    const source = await readAll(await ports.attachments.open(entry.sourceKey));
    if (signal.aborted) throw noLongerOurs();
    progress.appends = true;
    await session.append(sentFolderPath, source, ports.clock.now());
    return 'appended';
  });
};

/**
 * A server that sends much and answers nothing would occupy the sending loop for good: closing the session ends the
 * call.
 */
export const withSession = async <Result>(
  openSession: () => Promise<ImapSession>,
  signal: AbortSignal,
  ask: (session: ImapSession) => Promise<Result>
): Promise<Result> => {
  const session = await orGivenUp(signal, openSession());
  const close = () => void session.close();
  signal.addEventListener('abort', close);
  try {
    return await ask(session);
  } finally {
    signal.removeEventListener('abort', close);
  }
};

export const isInSent = async (
  session: ImapSession,
  folderPath: string,
  entry: OutboxEntry
): Promise<boolean> => (await session.findByMessageId(folderPath, entry.messageId)).length > 0;

const noLongerOurs = (): EmailConnectError =>
  new EmailConnectError('LEASE_LOST', 'Another process files this copy.', 'Nothing to do.');
