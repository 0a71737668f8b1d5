import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type { ImapOptions } from '../../src/plugins/email-connect/server/src/adapters/imap/options';
import type { OpenFolder } from '../../src/plugins/email-connect/server/src/ports';
import { startFaultyImap } from './faulty-server';
import type { FaultPlan, FaultyServer } from './faulty-server';
import { allUids, inFolder, sessionPool } from './imap-client';

/** Faulty servers and sessions for a suite, ended after each of its tests; call it at the top level of the test file. */
export const faultyServers = () => {
  const { connect, closeAll } = sessionPool();
  const servers: FaultyServer[] = [];
  afterEach(async () => {
    await closeAll();
    for (const server of servers.splice(0)) await server.stop();
  });

  const start = async (plan: FaultPlan): Promise<FaultyServer> => {
    const server = await startFaultyImap(plan);
    servers.push(server);
    return server;
  };

  /** Works in the INBOX of a new server. Nothing waits between the attempts of a scan, unless `options` say so. */
  const inInbox = async <T>(
    plan: FaultPlan,
    work: (folder: OpenFolder, server: FaultyServer) => Promise<T>,
    options: ImapOptions = { retryWaitsMs: [] }
  ): Promise<T> => {
    const server = await start(plan);
    const session = await connect(server.access, undefined, createImap(options));
    return inFolder(session, 'INBOX', (folder) => work(folder, server));
  };

  return { connect, start, inInbox };
};

/** What a scan of all that is listed accounts for. */
export const scanAll = async (folder: OpenFolder) => {
  const { scanned, unreadable } = await folder.scanHeaders(await allUids(folder));
  return { uids: scanned.map(({ imapUid }) => imapUid), unreadable };
};
