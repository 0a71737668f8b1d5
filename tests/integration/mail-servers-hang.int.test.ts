import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type { ImapOptions } from '../../src/plugins/email-connect/server/src/adapters/imap/options';
import { createSmtp } from '../../src/plugins/email-connect/server/src/adapters/smtp';
import { EmailConnectError } from '../../src/plugins/email-connect/server/src/domain/errors';
import type { ServerAccess } from '../../src/plugins/email-connect/server/src/ports';
import { makeFaultyGate } from '../support/faulty-gate';
import { faults, startFaultyImap } from '../support/faulty-server';
import type { FaultPlan, FaultyServer } from '../support/faulty-server';
import { calls, inFolder, NEVER, sessionPool } from '../support/imap-client';

const { connect, closeAll } = sessionPool();
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  await closeAll();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const start = async (plan: FaultPlan): Promise<FaultyServer> => {
  const server = await startFaultyImap(plan);
  cleanups.push(() => server.stop());
  return server;
};

const sent = async (server: FaultyServer, command: RegExp): Promise<void> => {
  while (!server.commands().some((line) => command.test(line))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

/** Takes connections and says nothing; counts those that are open. */
const startSilent = async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('close', () => sockets.delete(socket)).resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The system gave no port.');
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const access: ServerAccess = {
    host: 'localhost',
    ip: '127.0.0.1',
    port: address.port,
    tls: 'starttls',
    username: 'ann',
    password: 'correct horse',
    pinnedCertificate: null,
  };
  return { access, sockets };
};

const settles = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
};

const given = new EmailConnectError('CONNECTION_TIMED_OUT', 'Too long.', 'Wait.');

describe('S47: whoever gives up is let go at once, and the connection is cut, while the server', () => {
  test.each(['imap', 'smtp'] as const)('takes the connection and says nothing (%s)', async (protocol) => {
    const { access, sockets } = await startSilent();
    const caller = new AbortController();
    const port = protocol === 'imap' ? createImap() : createSmtp();
    const testing = port.test(access, caller.signal, () => undefined);
    await settles(() => sockets.size > 0);
    caller.abort(given);
    await expect(testing).rejects.toBe(given);
    await settles(() => sockets.size === 0);
  });

  test('never answers the login', async () => {
    const server = await start({ faults: [faults.ignore('AUTHENTICATE').always()] });
    const caller = new AbortController();
    const connecting = createImap().connect(server.access, caller.signal);
    await sent(server, /^AUTHENTICATE/);
    caller.abort(given);
    await expect(connecting).rejects.toBe(given);
  });

  test.each(['LIST', 'EXAMINE', 'UID SEARCH', 'UID FETCH', 'APPEND'])('never answers %s', async (command) => {
    const server = await start({ inbox: 2, faults: [faults.ignore(command).always()] });
    const caller = new AbortController();
    const ended = jest.fn();
    const session = await connect(server.access, ended, createImap(), caller.signal);
    const working = (async () => {
      await session.listFolders();
      await inFolder(session, 'INBOX', async (folder) => folder.scanHeaders(await folder.listUids(1, 2)));
      await session.append('INBOX', Buffer.from('Subject: x\r\n\r\nx'), new Date());
    })();
    const failure = expect(working).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await sent(server, new RegExp(`^${command}`));
    caller.abort();
    await failure;
    // Its end was asked for: nobody needs to hear of it.
    expect(ended).not.toHaveBeenCalled();
    await expect(session.openFolder('INBOX')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('swallows everything while a watch idles', async () => {
    const server = await start({ inbox: 1 });
    const gate = await makeFaultyGate(server.access.port);
    cleanups.push(() => gate.stop());
    const caller = new AbortController();
    const access = { ...server.access, port: gate.port };
    const session = await connect(access, undefined, createImap(), caller.signal);
    await session.watch('INBOX', () => undefined);
    await sent(server, /^IDLE/);
    gate.swallow();
    caller.abort();
    await expect(session.listFolders()).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await session.close();
  });
});

describe('a login that takes too long', () => {
  test('is given up by itself: IMAP', async () => {
    const server = await start({ faults: [faults.ignore('AUTHENTICATE').always()] });
    await expect(createImap({ loginTimeoutMs: 300 }).connect(server.access, NEVER)).rejects.toMatchObject({
      code: 'CONNECTION_TIMED_OUT',
    });
  });

  test('is given up by itself: SMTP', async () => {
    const { access, sockets } = await startSilent();
    const submitting = createSmtp({ loginTimeoutMs: 100 }).submit(
      access,
      { mailFrom: 'a@b.test', rcptTo: ['c@d.test'] },
      Buffer.from('x'),
      NEVER
    );
    await expect(submitting).rejects.toMatchObject({ code: 'CONNECTION_TIMED_OUT' });
    await settles(() => sockets.size === 0);
  });
});

describe('c20: half-open TCP', () => {
  /** A session of a server behind a gate that swallows all once it idles; `ended` tells why it ended. */
  const frozen = async (options: ImapOptions, isWatched: boolean) => {
    const server = await start({ inbox: 1 });
    const gate = await makeFaultyGate(server.access.port);
    cleanups.push(() => gate.stop());
    let end: (error: Error | null) => void = () => undefined;
    const ended = new Promise<Error | null>((resolve) => (end = resolve));
    const session = await connect({ ...server.access, port: gate.port }, end, createImap(options));
    if (isWatched) {
      await session.watch('INBOX', calls().listener);
      await sent(server, /^IDLE/);
    } else (await session.openFolder('INBOX')).release();
    gate.swallow();
    return { session, ended };
  };
  /** All but what is tried waits for ever. */
  const patient = { silenceTimeoutMs: 600_000, promptSilenceMs: 600_000, probeTimeoutMs: 600_000 };

  test.each([true, false])(
    'P10: shows at the next turn of a connection that rested (idling: %s), not after minutes of silence',
    async (isWatched) => {
      const options = { ...patient, restMs: 0, probeTimeoutMs: 200 };
      const { session, ended } = await frozen(options, isWatched);
      await expect(session.openFolder('INBOX')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      expect(await ended).toMatchObject({
        code: 'CONNECTION_LOST',
        detail: expect.stringContaining('did not answer'),
      });
    }
  );

  test('shows at the next turn, too, where an IDLE had not begun yet', async () => {
    const server = await start({ inbox: 1, faults: [faults.ignore('IDLE').always()] });
    const impatient = createImap({ ...patient, restMs: 0, probeTimeoutMs: 200 });
    const session = await connect(server.access, undefined, impatient);
    await session.watch('INBOX', () => undefined);
    await sent(server, /^IDLE/);
    await expect(session.openFolder('INBOX')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('shows when a folder that was open before is opened, where nothing rested', async () => {
    const { session, ended } = await frozen({ ...patient, restMs: 600_000, promptSilenceMs: 200 }, false);
    await expect(session.openFolder('INBOX')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    expect(await ended).toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('shows when the IDLE is renewed, though nobody asks for anything', async () => {
    const { ended } = await frozen({ ...patient, idleRestartMs: 50, probeTimeoutMs: 200 }, true);
    expect(await ended).toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('a server that is slow in what takes its time is not taken for one', async () => {
    const slow = [faults.slow('EXAMINE', 400), faults.slow('UID SEARCH', 400), faults.slow('UID FETCH', 400)];
    const server = await start({ inbox: 2, faults: slow });
    const impatient = createImap({ restMs: 0, probeTimeoutMs: 100_000, promptSilenceMs: 200 });
    const session = await connect(server.access, undefined, impatient);
    const folder = await session.openFolder('INBOX');
    expect((await folder.scanHeaders(await folder.listUids(1, 2))).scanned).toHaveLength(2);
    folder.release();
  });
});
