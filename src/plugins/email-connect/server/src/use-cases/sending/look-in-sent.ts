import { toEmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import { transitionOf } from '../../domain/outgoing/transition';
import type { ImapSession, OutboxEntry } from '../../ports';
import { isInSent, withSession } from './file-sent-copy';
import type { FilePorts } from './file-sent-copy';
import { holdClaim } from './hold-claim';
import type { HeldEntry } from './hold-claim';
import { recordHeld } from './record-surely';

/**
 * Looks in Sent for a mail of unknown outcome. A copy there proves that the mail went out. No copy proves nothing:
 * providers rewrite ids, and some tenants keep no copies. A look that fails counts as one that found nothing; after a
 * number of looks a person is asked.
 */
export const lookInSent = async (
  ports: FilePorts,
  inbox: Inbox,
  openSession: () => Promise<ImapSession>,
  entry: OutboxEntry,
  stop: AbortSignal
): Promise<void> => {
  await holdClaim(ports, entry, 'unknown', stop, async (held) => {
    const found = await look(ports, inbox, openSession, held);
    if (found) {
      await recordHeld(ports, held, transitionOf({ kind: 'taken', refused: [] }), {
        under: { kind: 'stage' },
        receipt: { serverMessageId: null, response: 'Found in Sent.', refused: [] },
      });
      return;
    }
    // A look that was cut short because this process ends found nothing out: the claim runs out, and another process
    // looks.
    if (stop.aborted) return;
    const { looks } = held.entry;
    await recordHeld(ports, held, transitionOf({ kind: 'not-found', sentCopy: inbox.sentCopy, looks }), {});
  });
};

const look = async (
  { logger }: FilePorts,
  { sentFolderPath }: Inbox,
  openSession: () => Promise<ImapSession>,
  { entry, signal }: HeldEntry
): Promise<boolean> => {
  if (sentFolderPath === null) return false;
  try {
    return await withSession(openSession, signal, (session) => isInSent(session, sentFolderPath, entry));
  } catch (error) {
    const { code, detail } = toEmailConnectError(error);
    logger.warn(`Message ${entry.messageDocumentId} could not be looked for in Sent: ${code} ${detail}`);
    return false;
  }
};
