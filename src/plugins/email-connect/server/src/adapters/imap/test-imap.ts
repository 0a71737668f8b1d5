import type { FolderListing } from '../../domain/sync/folder';
import { runStep } from '../../net/run-step';
import { testRoute } from '../../net/test-route';
import type { ConnectionStep, ServerAccess } from '../../ports';
import { connectImap, routeOf } from './connect';
import { listFolders } from './list-folders';
import { logOut } from './log-out';
import type { ImapLimits } from './options';

/**
 * Reach, TLS, login, folders, each reported as it runs and ends. The login opens a new connection, as for a real
 * session.
 */
export const testImap = async (
  access: ServerAccess,
  limits: ImapLimits,
  signal: AbortSignal,
  onStep: (step: ConnectionStep) => void
): Promise<FolderListing[]> => {
  await testRoute('imap', routeOf(access, limits, signal), access, onStep);
  const client = await runStep(onStep, 'imap-login', () => connectImap(access, limits, signal));
  try {
    return await runStep(
      onStep,
      'imap-folders',
      () => listFolders(client, access),
      (folders) => `${folders.length} folders`
    );
  } finally {
    await logOut(client);
  }
};
