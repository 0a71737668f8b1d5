import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import { startDovecot } from '../support/dovecot';
import type { Dovecot } from '../support/dovecot';
import { accessTo, calls, inFolder, mail, PASSWORD, sessionPool } from '../support/imap-client';
import { describeWith } from '../support/services';

const users = { ann: PASSWORD, fay: PASSWORD };
const { connect, closeAll } = sessionPool();

afterEach(closeAll);

describeWith('dovecot', 'the IMAP adapter against Dovecot, watching', () => {
  let dovecot: Dovecot;

  beforeAll(async () => {
    dovecot = await startDovecot({ users });
  });
  afterAll(() => dovecot.stop());

  describe('watches', () => {
    test('and tells of a delivery at once', async () => {
      const session = await connect(accessTo(dovecot, { username: 'fay' }));
      const changes = calls();
      await session.watch('INBOX', changes.listener);
      expect(changes.count()).toBe(0);
      await dovecot.deliver('fay', mail('fay-1'));
      await changes.nth(1);
    });

    test('c18: through other work of the same session, in this and in other folders', async () => {
      const session = await connect(accessTo(dovecot, { username: 'fay' }));
      const changes = calls();
      await session.watch('INBOX', changes.listener);
      for (let round = 1; round <= 3; round++) {
        expect(await inFolder(session, 'Sent', async ({ state }) => state.exists)).toBe(0);
        expect((await session.listFolders()).length).toBeGreaterThan(5);
        const seen = changes.count();
        await dovecot.deliver('fay', mail(`fay-round-${round}`));
        await changes.nth(seen + 1);
        const { exists } = await inFolder(session, 'INBOX', async ({ state }) => state);
        expect(exists).toBe(1 + round);
      }
    });

    test('c18: what arrives while another folder is open is told when it is released', async () => {
      const session = await connect(accessTo(dovecot, { username: 'fay' }));
      const changes = calls();
      await session.watch('INBOX', changes.listener);
      const sent = await session.openFolder('Sent');
      await dovecot.deliver('fay', mail('fay-meanwhile'));
      expect(changes.count()).toBe(0);
      sent.release();
      await changes.nth(1);
    });

    test('c17: every renewal of IDLE counts as a change', async () => {
      const restless = createImap({ idleRestartMs: 50 });
      const session = await connect(accessTo(dovecot, { username: 'fay' }), undefined, restless);
      const changes = calls();
      await session.watch('INBOX', changes.listener);
      await changes.nth(3);
      await session.close();
      expect((await dovecot.rawlog('fay')).match(/ IDLE/g)?.length).toBeGreaterThanOrEqual(3);
    });

    test('c17: a server without IDLE is looked at', async () => {
      const plain = await startDovecot({ users, capability: 'IMAP4rev1 UIDPLUS' });
      try {
        const session = await connect(accessTo(plain), undefined, createImap({ pollMs: 50 }));
        const changes = calls();
        await session.watch('INBOX', changes.listener);
        await plain.deliver('ann', mail('ann-1'));
        await changes.nth(1);
        expect(await plain.rawlog('ann')).not.toMatch(/ IDLE/);
      } finally {
        await plain.stop();
      }
    });

    test('no folder that is not there', async () => {
      const session = await connect(accessTo(dovecot));
      await expect(session.watch('No such folder', () => undefined)).rejects.toMatchObject({
        code: 'FOLDER_UNREADABLE',
      });
    });
  });

  describe('ends', () => {
    test('c20: a killed server is told once, calls fail as CONNECTION_LOST, a new connection works', async () => {
      const doomed = await startDovecot({ users });
      const closings: (Error | null)[] = [];
      let told: () => void = () => undefined;
      const closed = new Promise<void>((resolve) => {
        told = resolve;
      });
      const session = await connect(accessTo(doomed), (error) => {
        closings.push(error);
        told();
      });
      await session.watch('INBOX', () => undefined);
      await doomed.stop();
      await closed;
      await expect(session.openFolder('INBOX')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      expect(closings).toEqual([expect.objectContaining({ code: 'CONNECTION_LOST' })]);
    });

    test('our own close tells nobody', async () => {
      let told = 0;
      const session = await connect(accessTo(dovecot), () => {
        told += 1;
      });
      await session.watch('INBOX', () => undefined);
      await session.close();
      await expect(session.listFolders()).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      expect(told).toBe(0);
    });
  });
});
