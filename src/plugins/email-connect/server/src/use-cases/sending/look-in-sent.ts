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
 * Did a mail of unknown outcome go out? Sent may answer yes. Not being found there proves nothing: providers rewrite ids, and
 * tenants keep no copies. A look that fails found nothing; the looks are counted, and then a person is asked.
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
    // A look that this process cut short when it was told to end found nothing out: the claim runs out, and another one looks.
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
