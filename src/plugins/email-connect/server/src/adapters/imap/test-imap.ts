import type { FolderListing } from '../../domain/sync/folder';
import { dial, handshake, judge } from '../../net/probe-server';
import type { Route } from '../../net/probe-server';
import { runStep } from '../../net/run-step';
import { networkErrors } from '../../net/secure-route';
import type { ConnectionStep, ServerAccess } from '../../ports';
import { connectImap, routeOf } from './connect';
import { listFolders } from './list-folders';
import { logOut } from './log-out';
import type { ImapLimits } from './options';

/**
 * Reach, TLS, login, folders, each reported as it runs and ends. The first two are made on a connection of their own,
 * so that what fails is said exactly; the login opens a new one under the usual rules.
 */
export const testImap = async (
  access: ServerAccess,
  limits: ImapLimits,
  onStep: (step: ConnectionStep) => void
): Promise<FolderListing[]> => {
  const route: Route = routeOf(access, limits);
  const socket = await runStep(onStep, 'imap-reach', () => networkErrors(route, () => dial(route)));
  await runStep(
    onStep,
    'imap-tls',
    async () => {
      const probe = await networkErrors(route, () => handshake(socket, route));
      const refusal = judge(probe, access);
      if (refusal) throw refusal;
      return probe;
    },
    ({ tlsVersion }) => tlsVersion
  );
  const client = await runStep(onStep, 'imap-login', () => connectImap(access, limits));
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
