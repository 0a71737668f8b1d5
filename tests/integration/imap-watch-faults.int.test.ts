import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type { ImapOptions } from '../../src/plugins/email-connect/server/src/adapters/imap/options';
import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import { makeFaultyGate } from '../support/faulty-gate';
import { faults, startFaultyImap } from '../support/faulty-server';
import type { FaultPlan, FaultyServer } from '../support/faulty-server';
import { allUids, calls, inFolder, mail, sessionPool } from '../support/imap-client';

const { connect, closeAll } = sessionPool();
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  await closeAll();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const start = async (plan: FaultPlan): Promise<FaultyServer> => {
  const server = await startFaultyImap(plan);
  cleanups.push(() => server.stop());
  return server;
};

/** A session that watches INBOX; `closed` resolves with why its connection ended. */
const watching = async (server: FaultyServer, options: ImapOptions, port = server.access.port) => {
  let close: (error: Error | null) => void = () => undefined;
  const closed = new Promise<Error | null>((resolve) => {
    close = resolve;
  });
  const session = await connect({ ...server.access, port }, close, createImap(options));
  const changes = calls();
  await session.watch('INBOX', changes.listener);
  return { session, changes, closed };
};

/** Waits on the server's own record. */
const sent = async (server: FaultyServer, command: RegExp, times = 1): Promise<void> => {
  while (server.commands().filter((line) => command.test(line)).length < times) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

describe('c17: a watch whose server', () => {
  test('never says that anything came finds it when IDLE is renewed', async () => {
    const server = await start({ inbox: 1, staysSilent: true });
    const { session, changes } = await watching(server, { idleRestartMs: 60 });
    await sent(server, /^IDLE/);
    server.mailbox.append('INBOX', mail('2'));
    await changes.nth(changes.count() + 1);
    expect(await inFolder(session, 'INBOX', allUids)).toEqual([1, 2]);
  });

  test('has no IDLE and says nothing either finds it by opening the folder again', async () => {
    const server = await start({ inbox: 1, lacks: ['IDLE'], staysSilent: true });
    const { session, changes } = await watching(server, { pollMs: 20 });
    server.mailbox.append('INBOX', mail('2'));
    await changes.nth(1);
    expect(await inFolder(session, 'INBOX', allUids)).toEqual([1, 2]);
    expect(server.commands().some((command) => /^IDLE/.test(command))).toBe(false);
  });

  test.each<[string, FaultPlan]>([
    ['refuses IDLE', { faults: [faults.refuse('IDLE', 'NO not today').always()] }],
    ['does not know IDLE', { faults: [faults.refuse('IDLE', 'BAD unknown command').always()] }],
    ['throttles IDLE', { faults: [faults.throttle('IDLE').always()] }],
  ])('offers IDLE and %s: it looks by itself', async (_what, plan) => {
    const server = await start({ inbox: 1, staysSilent: true, ...plan });
    const { changes } = await watching(server, { pollMs: 20 });
    await sent(server, /^IDLE/);
    server.mailbox.append('INBOX', mail('2'));
    await changes.nth(1);
    expect(server.commands().filter((command) => /^IDLE/.test(command)).length).toBeLessThan(3);
  });

  test('ends every IDLE at once is not asked at full speed', async () => {
    const server = await start({
      inbox: 1,
      faults: [faults.say('IDLE', '+ idling\r\nTAG OK done\r\n').always()],
    });
    const { changes } = await watching(server, { idleRestartMs: 60_000 });
    await sent(server, /^IDLE/);
    server.mailbox.append('INBOX', mail('2'));
    await sent(server, /^IDLE/, 2);
    expect(server.commands().filter((command) => /^IDLE/.test(command)).length).toBeLessThan(4);
    expect(changes.count()).toBeGreaterThanOrEqual(1);
  });

  test('takes IDLE and never answers it is given up', async () => {
    const server = await start({ inbox: 1, faults: [faults.ignore('IDLE').always()] });
    const { closed } = await watching(server, { idleRestartMs: 50, silenceTimeoutMs: 150 });
    expect(await closed).toMatchObject({ code: 'CONNECTION_LOST' });
  });
});

describe('a watch', () => {
  test('c1: tells of a folder whose UIDs mean other messages now', async () => {
    const server = await start({ inbox: 2, lacks: ['IDLE'] });
    const { changes } = await watching(server, { pollMs: 20 });
    server.mailbox.setUidValidity('INBOX', 99, undefined, false);
    await changes.nth(1);
  });

  test.each<[string, string, number | undefined, string]>([
    ['c24: that its session expired', 'Session invalidated - AccessTokenExpired', 0, 'CONNECTION_LOST'],
    ['c27: that there are too many', 'Too many simultaneous connections', 900_000, 'SERVER_THROTTLED'],
    ['c20: that the server goes down', 'Shutting down', undefined, 'CONNECTION_LOST'],
  ])('%s, with the time to come back', async (_what, text, retryAfterMs, code) => {
    const server = await start({ faults: [faults.goodbye('IDLE', text)] });
    const { closed } = await watching(server, {});
    expect(await closed).toMatchObject({ code, retryAfterMs });
  });
});

describe('c18: what arrives', () => {
  test('while the connection is on its way into IDLE is told', async () => {
    const server = await start({ inbox: 1, faults: [faults.slow('IDLE', 100)] });
    const { changes } = await watching(server, { idleRestartMs: 60_000 });
    await sent(server, /^IDLE/);
    server.mailbox.append('INBOX', mail('2'));
    await changes.nth(1);
  });

  test('during a pass of the folder itself is told, and the next pass has it', async () => {
    const server = await start({ inbox: 1 });
    const { session, changes } = await watching(server, { idleRestartMs: 60_000 });
    const folder = await session.openFolder('INBOX');
    server.mailbox.append('INBOX', mail('2'));
    await folder.scanHeaders(await folder.listUids(1, 1));
    folder.release();
    await changes.nth(1);
    expect(await inFolder(session, 'INBOX', allUids)).toEqual([1, 2]);
  });

  test('while another folder is open, on a server that tells nothing, is told when INBOX is opened again', async () => {
    const server = await start({ inbox: 1, staysSilent: true });
    const { session, changes } = await watching(server, { idleRestartMs: 60_000 });
    const archive = await session.openFolder('Archive');
    server.mailbox.append('INBOX', mail('2'));
    archive.release();
    await changes.nth(1);
  });
});

describe('c20: half-open TCP', () => {
  test('is found out while the session idles', async () => {
    const server = await start({ inbox: 1 });
    const gate = await makeFaultyGate(server.access.port);
    cleanups.push(() => gate.stop());
    const { session, closed } = await watching(
      server,
      { idleRestartMs: 100, silenceTimeoutMs: 200 },
      gate.port
    );
    await sent(server, /^IDLE/);
    gate.swallow();
    expect(await closed).toMatchObject({ code: 'CONNECTION_LOST' });
    await expect(session.openFolder('INBOX')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('is found out in the middle of a scan, and the next connection reads all', async () => {
    const server = await start({ inbox: 3 });
    const gate = await makeFaultyGate(server.access.port);
    cleanups.push(() => gate.stop());
    const access = { ...server.access, port: gate.port };
    const session = await connect(access, undefined, createImap({ silenceTimeoutMs: 200 }));
    const folder = await session.openFolder('INBOX');
    gate.swallow();
    await expect(folder.scanHeaders([1, 2, 3] as ImapUid[])).rejects.toMatchObject({
      code: expect.stringMatching(/^CONNECTION_/),
    });
    const again = await connect(server.access);
    expect(await inFolder(again, 'INBOX', allUids)).toEqual([1, 2, 3]);
  });
});

describe('c12: a watched folder that disappears', () => {
  test('is told as a change or a lost connection, and the process lives', async () => {
    const server = await start({});
    server.mailbox.createFolder('Customers');
    let told: () => void = () => undefined;
    const news = new Promise<void>((resolve) => {
      told = resolve;
    });
    const session = await connect(server.access, () => told());
    await session.watch('Customers', () => told());
    await sent(server, /^IDLE/);
    server.mailbox.deleteFolder('Customers');
    await news;
    const again = await connect(server.access);
    await expect(again.watch('Customers', () => undefined)).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
    });
  });
});
