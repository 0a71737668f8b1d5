import { toEmailConnectError } from '../../domain/errors';
import type { InboxFolder } from '../../domain/sync/folder';
import type { RecordedChange } from '../../ports';
import { foldersToRead } from '../inbox';
import type { FolderResult, Pass, SyncPorts, Vanished } from './pass';
import { recordVanished } from './record-vanished';
import { syncFolder } from './sync-folder';

/** A folder that could not be opened three times is tried again after six hours (a.2). */
const FAILURES_BEFORE_REST = 3;
const REST_MS = 6 * 3_600_000;
/** The pass, and one more for answers that were judged before the mail they answer. */
const ROUNDS = 2;

/**
 * A pass of every folder that is read, beginning with the folder that replies arrive in. A folder that cannot be
 * opened is recorded and stops no other folder (c12); any other failure ends the pass. Resolves with what was
 * recorded.
 */
export const syncInbox = async (ports: SyncPorts, pass: Pass): Promise<RecordedChange[]> => {
  const changes: RecordedChange[] = [];
  if (pass.isFirst) await recordVanished(ports, pass, await leftBehind(ports, pass));
  for (let round = 1; round <= ROUNDS && !pass.signal.aborted; round += 1) {
    const results = await syncFolders(ports, pass);
    changes.push(...results.flatMap((result) => result.changes));
    if (!results.some(({ hasLookBack }) => hasLookBack)) break;
  }
  return changes;
};

const syncFolders = async (ports: SyncPorts, pass: Pass): Promise<FolderResult[]> => {
  const results: FolderResult[] = [];
  for (const folder of foldersToRead(await ports.folders.list(pass.inbox.documentId), ports.clock.now())) {
    if (pass.signal.aborted) break;
    try {
      const result = await syncFolder(ports, pass, folder);
      results.push(result);
      if (result.isUnstable) await noteUnstable(ports, pass, folder);
    } catch (error) {
      await noteUnreadable(ports, pass, folder, error);
    }
  }
  const vanished = results.flatMap((result) => result.vanished);
  if (!pass.signal.aborted) await recordVanished(ports, pass, vanished);
  return results;
};

/** Messages that were gone in a pass that broke off, and that no later pass dealt with. */
const leftBehind = async ({ quarantine }: SyncPorts, { inbox }: Pass): Promise<Vanished[]> =>
  (await quarantine.list(inbox.documentId)).flatMap(({ location, gone }) =>
    gone ? [{ location, gone }] : []
  );

const noteUnreadable = async (
  ports: SyncPorts,
  pass: Pass,
  folder: InboxFolder,
  error: unknown
): Promise<void> => {
  const failure = toEmailConnectError(error);
  if (failure.code !== 'FOLDER_UNREADABLE') throw failure;
  const at = ports.clock.now();
  const failures = folder.failures + 1;
  ports.logger.warn(
    `Folder "${folder.folderPath}" of ${pass.inbox.documentId} cannot be read: ${failure.detail}`
  );
  await ports.folders.recordFailure(pass.inbox.documentId, folder.folderPath, {
    code: failure.code,
    failures,
    at,
    retryAt: failures >= FAILURES_BEFORE_REST ? new Date(at.getTime() + REST_MS) : null,
  });
};

/** The folder is still read, but its owner is told (c2). */
const noteUnstable = (ports: SyncPorts, pass: Pass, { folderPath }: InboxFolder): Promise<void> =>
  ports.folders.recordFailure(pass.inbox.documentId, folderPath, {
    code: 'FOLDER_UNSTABLE',
    failures: 0,
    retryAt: null,
    at: ports.clock.now(),
  });
