import { z } from 'zod';
import type { StrapiProcess } from '../../dev/strapi/strapi-process';
import { databasePort, gateBefore } from '../support/database-gate';
import type { DatabaseGate } from '../support/database-gate';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { describeWith } from '../support/services';
import { sharedDatabases } from '../support/processes-matrix';
import { until } from '../support/until';

const FENCE = /update [`"]email_connect_leases[`"] set [`"]writes/;
/** A minute is promised; this machine may be slow. */
const TAKEOVER_MS = 90_000;

const countRow = z.object({ count: z.coerce.number() });
const leaseRow = z.object({ holder: z.string(), token: z.coerce.number() });
const inboxRow = z.object({ state: z.string(), failures: z.coerce.number() });

jest.setTimeout(400_000);

describe.each(sharedDatabases)(
  'P2, S47: a connection to the database that falls silent: %s',
  (kind, service) => {
    describeWith(service, 'of the process that holds the inbox, in the middle of recording', () => {
      let gate: DatabaseGate;
      let mail: MailScene;
      let other: StrapiProcess;
      let replies = 0;

      beforeAll(async () => {
        const made = await gateBefore(kind);
        if (!made) throw new Error('A database server is behind a gate.');
        gate = made;
        mail = await startMailScene({ DATABASE_PORT: String(gate.port) }, kind);
        other = await mail.scene.startAnother({ DATABASE_PORT: String(databasePort(kind)) });
        await mail.send('Offer');
      });
      afterAll(async () => {
        gate?.release();
        await other?.stop();
        await mail?.end();
        await gate?.stop();
      });

      const one = async <Row>(row: z.ZodType<Row>, sql: string): Promise<Row> =>
        row.parse((await mail.scene.rows(sql))[0]);
      const lease = () => one(leaseRow, 'select holder, token from email_connect_leases');
      const inbox = () =>
        one(inboxRow, 'select state, consecutive_failures as failures from email_connect_inboxes');
      const recorded = async () =>
        (
          await one(
            countRow,
            "select count(*) as count from email_connect_messages where direction = 'incoming'"
          )
        ).count;
      const reply = async () => {
        replies += 1;
        mail.deliver(await mail.replyTo('Offer', { text: `Answer ${replies}.` }));
      };
      const untilRecorded = async (what: string): Promise<number> => {
        const began = performance.now();
        await until(
          async () => (await recorded()) === replies,
          async () =>
            `${what}: ${await recorded()} of ${replies}\n${mail.scene.strapi.logs()}\n--- the other\n${other.logs()}`,
          TAKEOVER_MS
        );
        return performance.now() - began;
      };
      /** The gated process holds the inbox: whoever else does is told to end, and comes back as the one who waits. */
      const giveToGated = async () => {
        await other.stop();
        await mail.waitForInbox('was well', ({ state }) => state === 'ok');
        await reply();
        await untilRecorded('The process behind the gate reads no more');
        other = await mail.scene.startAnother({ DATABASE_PORT: String(databasePort(kind)) });
        return lease();
      };

      it.each(['it', 'all'] as const)(
        'silent %s: within a minute the reply is there, once, and whoever was silent goes on',
        async (which) => {
          const before = await giveToGated();
          gate.silenceAfter(FENCE, which);
          await reply();
          await until(async () => gate.hasFallenSilent(), 'Nothing was recorded.');
          const tookMs = await untilRecorded('Nobody took over');
          process.stdout.write(`${kind}, ${which}: there after ${Math.round(tookMs / 1000)} s\n`);
          const after = await lease();
          if (which === 'all') expect(after.token).toBeGreaterThan(before.token);
          gate.release();
          await reply();
          await untilRecorded('After it was over');
          if (which === 'all') expect((await lease()).holder).toBe(after.holder);
          expect(await inbox()).toEqual({ state: 'ok', failures: 0 });
        }
      );

      it('stopped as a paused machine is: the other takes over, and it writes nothing when it wakes', async () => {
        const before = await giveToGated();
        gate.silenceAfter(FENCE, 'it');
        await reply();
        await until(async () => gate.hasFallenSilent(), 'Nothing was recorded.');
        process.kill(mail.scene.strapi.pid, 'SIGSTOP');
        gate.release();
        const tookMs = await untilRecorded('Nobody took over');
        process.stdout.write(`${kind}, stopped: there after ${Math.round(tookMs / 1000)} s\n`);
        const after = await lease();
        expect(after.token).toBeGreaterThan(before.token);
        process.kill(mail.scene.strapi.pid, 'SIGCONT');
        await reply();
        await untilRecorded('After it woke');
        expect(await lease()).toEqual(after);
        expect(await inbox()).toEqual({ state: 'ok', failures: 0 });
        await giveToGated();
      });
    });
  }
);
