import type { FolderState, InboxFolder } from '../../domain/sync/folder';
import { planPass } from '../../domain/sync/plan-pass';
import type { QuarantinedMessage } from '../../ports';
import { inFolder } from '../inbox';
import { FolderPass } from './folder-pass';
import type { FolderResult, Pass, SyncPorts } from './pass';

/** Messages in quarantine that one pass tries again. */
const RETRIES_PER_PASS = 50;

/**
 * One pass of one folder: every message that is not accounted for yet is judged, and mail of a logged thread is
 * recorded. The cursor moves in the transaction of the records: a pass that was interrupted is simply run again.
 */
export const syncFolder = async (
  ports: SyncPorts,
  pass: Pass,
  folder: InboxFolder
): Promise<FolderResult> => {
  const now = ports.clock.now();
  return inFolder(pass.session, folder.folderPath, async (open) => {
    const { connectedAt } = pass.inbox;
    const due = await waiting(ports, pass.inbox.documentId, folder, open.state, now);
    const plan = planPass(folder, open.state, {
      now: now.toISOString(),
      connectedAt,
      quarantinedSince: due.map(({ firstAt }) => firstAt).sort()[0] ?? null,
    });
    return new FolderPass(ports, pass, folder, open, now, plan, due).run();
  });
};

/** The messages that are due; in a renumbered folder all that wait, for their UIDs mean nothing now (a.6). */
const waiting = async (
  { quarantine }: Pick<SyncPorts, 'quarantine'>,
  inboxDocumentId: string,
  { folderPath, cursor }: InboxFolder,
  { uidValidity }: FolderState,
  now: Date
): Promise<QuarantinedMessage[]> => {
  const waits =
    cursor === null || cursor.uidValidity === uidValidity
      ? await quarantine.listDue(inboxDocumentId, folderPath, now, RETRIES_PER_PASS)
      : await quarantine.list(inboxDocumentId, { folderPath });
  // A message that is gone is not looked for by its UID.
  return waits.filter(({ gone }) => !gone);
};
