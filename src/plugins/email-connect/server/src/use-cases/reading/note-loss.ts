import type { ImapUid } from '../../domain/message/message';
import type { InboxFolder } from '../../domain/sync/folder';
import { afterLoss, isToBeSetAside } from '../../domain/sync/suspect';
import type { QuarantinedMessage } from '../../ports';
import type { LostAt } from './lost-at';
import type { Pass, SyncPorts } from './pass';
import type { RecordStep } from './record-step';

/**
 * Writes what a pass has read, and where its connection was lost. A message in quarantine waits longer; any other
 * message is set aside when it has ended the connection too often (P1). All mail before it is in the step by then,
 * for it is the first of the messages that were asked for.
 */
export const noteLoss = async (
  ports: SyncPorts,
  { fence, isCareful }: Pass,
  { folderPath }: InboxFolder,
  step: RecordStep,
  { asked, evidence, cause }: LostAt,
  { retried, movesCursor }: { retried: ReadonlyMap<ImapUid, QuarantinedMessage>; movesCursor: boolean }
): Promise<void> => {
  const { suspected } = step;
  const [imapUid, ...others] = asked.imapUids;
  if (imapUid === undefined) return;
  const known = others.length === 0 ? retried.get(imapUid) : undefined;
  if (known || isToBeSetAside(suspected, asked)) {
    step.quarantineLost(imapUid, cause, evidence ?? known?.evidence ?? null);
    step.reach([imapUid], movesCursor ? imapUid : null);
    step.suspect(null);
    await step.write();
    return;
  }
  // A careful pass wrote the suspect down before it asked.
  const suspect = isCareful && asked.what === 'message' ? suspected : afterLoss(suspected, asked);
  step.suspect(suspect);
  if (!(await step.write())) await ports.folders.recordSuspect(fence, folderPath, suspect);
};
