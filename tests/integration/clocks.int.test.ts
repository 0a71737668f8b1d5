import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { crmOf } from '../../dev/demo/crm';
import type { StrapiProcess } from '../../dev/strapi/strapi-process';
import { gateBefore } from '../support/database-gate';
import type { DatabaseGate } from '../support/database-gate';
import { cleo, startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { describeWith } from '../support/services';
import { sharedDatabasesOfTheSlow } from '../support/processes-matrix';
import { until } from '../support/until';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WAIT_MS = 100_000;
const preload = path.resolve(__dirname, '..', 'support', 'shift-clock.cjs');

const countRow = z.object({ count: z.coerce.number() });
const inboxRow = z.object({ holder: z.string(), state: z.string(), gap: z.unknown(), passed: z.unknown() });
const sentRow = z.object({ stage: z.string(), doubted: z.unknown() });

jest.setTimeout(400_000);

/** Of one process: what its clock on the wall is wrong by. */
const clockIn = (dir: string, name: string) => {
  const file = path.join(dir, name);
  const set = (ms: number) => writeFileSync(file, String(ms));
  set(0);
  return { set, env: { NODE_OPTIONS: `--require ${preload}`, SHIFT_CLOCK: file } };
};

describe.each(sharedDatabasesOfTheSlow)('P2, c23: clocks that are wrong: %s', (kind, service) => {
  describeWith(service, 'of the process that holds the inbox', () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'email-connect-clocks-'));
    const clock = clockIn(dir, 'holder');
    let gate: DatabaseGate;
    let mail: MailScene;

    beforeAll(async () => {
      const made = await gateBefore(kind);
      if (!made) throw new Error('A database server is behind a gate.');
      gate = made;
      mail = await startMailScene({ DATABASE_PORT: String(gate.port), ...clock.env }, kind);
    });
    afterAll(async () => {
      await mail?.end();
      await gate?.stop();
      rmSync(dir, { recursive: true, force: true });
    });

    const one = async <Row>(row: z.ZodType<Row>, sql: string): Promise<Row> =>
      row.parse((await mail.scene.rows(sql))[0]);
    const incoming = async (text: string) =>
      (
        await one(
          countRow,
          `select count(*) as count from email_connect_messages where direction = 'incoming' and text like '${text}%'`
        )
      ).count;
    const inbox = () =>
      one(
        inboxRow,
        `select holder, state, last_gap as gap, last_pass_at as passed from email_connect_inboxes, email_connect_leases
           where inbox_document_id = document_id`
      );
    const reply = async (subject: string, text: string) => {
      mail.deliver(await mail.replyTo(subject, { text }));
      await until(
        async () => (await incoming(text)) > 0,
        async () => `${text} is not there.\n${mail.scene.strapi.logs()}`,
        WAIT_MS
      );
      expect(await incoming(text)).toBe(1);
    };
    const folderCount = (address: string, folder: string, subject: string): number =>
      mail.server
        .mailbox(address)
        .messages(folder)
        .filter(({ raw }) => raw.includes(`Subject: ${subject}\r\n`)).length;

    it.each([10, -10])(
      'two processes, the holder’s clock %s minutes off: logged once, sent once, filed in time, no gap that never was',
      async (minutes) => {
        clock.set(minutes * MINUTE_MS);
        await mail.scene.strapi.stop();
        await mail.scene.restart();
        await mail.waitForInbox('was read', ({ state }) => state === 'ok');
        const other = await mail.scene.startAnother(clockIn(dir, 'other').env);
        try {
          const before = await inbox();
          const subject = `Offer by ${minutes}`;
          // Longer than the other process's claim would seem to last to a clock that is ahead.
          mail.server.faults.inject({ command: 'SMTP DATA', effect: { do: 'delay', ms: 8_000 } });
          const sent = await crmOf(other.url, other.admin.token).send({
            contactDocumentId: mail.contactDocumentId,
            answersDocumentId: null,
            to: [cleo.address],
            cc: [],
            bcc: [],
            subject,
            text: 'Hello',
            html: '',
          });
          const row = () =>
            one(
              sentRow,
              `select stage, doubted from email_connect_outbox where message_document_id = '${sent.messageDocumentId}'`
            );
          await until(
            async () => {
              const { stage, doubted } = await row();
              expect(Boolean(doubted)).toBe(false);
              expect(stage).not.toBe('unknown');
              return stage === 'filed';
            },
            async () => `No copy in Sent: ${JSON.stringify(await row())}`,
            WAIT_MS
          );
          expect(folderCount(cleo.address, 'INBOX', subject)).toBe(1);
          expect(folderCount(us.address, 'Sent', subject)).toBe(1);
          await reply(subject, `Answer by ${minutes}`);
          expect((await inbox()).holder).toBe(before.holder);

          await mail.scene.strapi.stop();
          await until(
            async () => !['', before.holder].includes((await inbox()).holder),
            'Nobody took over.',
            WAIT_MS
          );
          const taken = await inbox();
          await until(
            async () => String((await inbox()).passed) !== String(taken.passed),
            'It is not read.',
            WAIT_MS
          );
          expect((await inbox()).gap).toBeNull();
        } finally {
          await stopped(other);
          clock.set(0);
          await mail.scene.restart();
          await mail.waitForInbox('was read', ({ state }) => state === 'ok');
        }
      }
    );

    it('set back by an hour while it runs: it is live again soon after the database was away, and forward too', async () => {
      await mail.send('Jumps');
      for (const jumpMs of [-HOUR_MS, HOUR_MS, 0]) {
        clock.set(jumpMs);
        // Long enough for the loops to end, and for supervision to have missed a beat.
        gate.shut();
        await sleep(20_000);
        gate.open();
        await reply('Jumps', `Clock at ${jumpMs}`);
        // Not by HTTP: to a clock that is an hour ahead the session of whoever asks is over.
        await until(async () => (await inbox()).state === 'ok', 'It is not ok.', WAIT_MS);
      }
    });
  });
});

const stopped = async (process: StrapiProcess): Promise<void> => void (await process.stop());
