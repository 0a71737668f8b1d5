import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import { faults } from '../support/faulty-server';
import type { FaultPlan } from '../support/faulty-server';
import { faultyServers, scanAll } from '../support/faulty-suite';
import { inFolder, mail, read } from '../support/imap-client';

const { connect, start, inInbox } = faultyServers();

describe('a connection that fails', () => {
  test.each([0, 1, 300, 5_000, 20_000])(
    'c20: after %i bytes of an answer: the scan ends, the next one is whole',
    async (bytes) => {
      await inInbox(
        { inbox: 200, faults: [faults.cutAfterBytes('UID FETCH', bytes)] },
        async (folder, server) => {
          await expect(scanAll(folder)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
          const again = await connect(server.access);
          expect((await inFolder(again, 'INBOX', scanAll)).uids).toHaveLength(200);
        }
      );
    }
  );

  test('c20: in the middle of a body: the stream ends with an error, never as a whole message', async () => {
    const large = mail('1', 'x'.repeat(70).concat('\r\n').repeat(40_000));
    await inInbox(
      { inbox: [large], faults: [faults.cutAfterBytes('UID FETCH', 1_500_000)] },
      async (folder) => {
        const reading = folder.fetchMessage(1 as ImapUid).then(read);
        await expect(reading).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      }
    );
  });

  test.each<[string, string, number | undefined, string]>([
    ['c20: for no reason of ours', 'Server shutting down', undefined, 'CONNECTION_LOST'],
    ['c24: a session that expired', 'Session invalidated - AccessTokenExpired', 0, 'CONNECTION_LOST'],
    ['c27: one connection too many', 'Too many simultaneous connections', 900_000, 'SERVER_THROTTLED'],
  ])('%s: the goodbye says how soon to come back', async (_what, text, retryAfterMs, code) => {
    const closings: unknown[] = [];
    const server = await start({ inbox: 1, faults: [faults.goodbye('UID FETCH', text)] });
    const session = await connect(server.access, (error) => closings.push(error));
    await expect(
      inFolder(session, 'INBOX', (folder) => folder.scanHeaders([1 as ImapUid]))
    ).rejects.toMatchObject({ code, retryAfterMs });
    expect(closings).toEqual([expect.objectContaining({ code, retryAfterMs })]);
  });

  test('c27: a throttled command says for how long, where the server does', async () => {
    const plan = { inbox: 1, faults: [faults.throttle('EXAMINE', 40), faults.throttle('EXAMINE')] };
    const server = await start(plan);
    const session = await connect(server.access);
    for (const retryAfterMs of [40, 900_000]) {
      await expect(session.openFolder('INBOX')).rejects.toMatchObject({
        code: 'SERVER_THROTTLED',
        retryAfterMs,
      });
    }
    expect(await inFolder(session, 'INBOX', scanAll)).toEqual({ uids: [1], unreadable: [] });
  });

  test.each<[string, string, string, number | undefined]>([
    ['c25: IMAP is switched off', 'NO User is authenticated but not connected.', 'IMAP_DISABLED', undefined],
    [
      'c25: the password was changed',
      'NO [AUTHENTICATIONFAILED] Invalid credentials',
      'LOGIN_REFUSED',
      undefined,
    ],
    [
      'c25: an app password is wanted',
      'NO [ALERT] Application-specific password required',
      'LOGIN_NEEDS_APP_PASSWORD',
      undefined,
    ],
    [
      'c26: the login is down',
      'NO [UNAVAILABLE] Temporary authentication failure',
      'LOGIN_THROTTLED',
      undefined,
    ],
    ['c27: too many logins', 'NO [ALERT] Too many simultaneous connections', 'LOGIN_THROTTLED', 900_000],
    ['c27: a limit', 'NO [LIMIT] Rate limit', 'LOGIN_THROTTLED', 900_000],
  ])('%s', async (_what, text, code, retryAfterMs) => {
    const server = await start({ faults: [faults.refuse('AUTHENTICATE', text)] });
    await expect(connect(server.access)).rejects.toMatchObject({ code, retryAfterMs });
    await expect(connect(server.access)).resolves.toBeDefined();
  });

  test('c25: in answer to a command, too', async () => {
    const refusal = 'BAD User is authenticated but not connected.';
    const server = await start({ faults: [faults.refuse('EXAMINE', refusal)] });
    const session = await connect(server.access);
    await expect(session.openFolder('INBOX')).rejects.toMatchObject({ code: 'IMAP_DISABLED' });
  });

  test.each<[string, FaultPlan]>([
    ['a literal of 93 GiB', { faults: [faults.literalBomb('UID FETCH')] }],
    ['a line without end', { faults: [faults.endlessLine('UID FETCH')] }],
    [
      'lists in lists',
      { faults: [faults.say('UID FETCH', `* 1 FETCH ${'('.repeat(100_000)}\r\nTAG OK done\r\n`)] },
    ],
    [
      'three million words',
      { faults: [faults.say('UID FETCH', `* 1 FETCH (${'a '.repeat(3_000_000)})\r\nTAG OK done\r\n`)] },
    ],
  ])(
    'c29: %s: the scan or its connection ends, the process and the next connection live',
    async (_what, plan) => {
      await inInbox({ inbox: 2, ...plan }, async (folder, server) => {
        const outcome = await scanAll(folder).catch((error: { code: string }) => error.code);
        expect([{ uids: [1, 2], unreadable: [] }, 'PROTOCOL_MISMATCH', 'CONNECTION_LOST']).toContainEqual(
          outcome
        );
        const again = await connect(server.access);
        expect(await inFolder(again, 'INBOX', scanAll)).toEqual({ uids: [1, 2], unreadable: [] });
      });
    }
  );
});
