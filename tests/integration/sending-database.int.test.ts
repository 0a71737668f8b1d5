import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { sendMessageAnswer } from '../../src/plugins/email-connect/shared/contracts/message';
import { news } from '../../src/plugins/email-connect/shared/contracts/news';
import { databaseFaults } from '../support/database-faults';
import type { DatabaseFault } from '../support/database-faults';
import { everyDatabase, isWholeMatrix } from '../support/sending-matrix';
import { answered, largeFile, startSendingScene } from '../support/sending-scene';
import type { SendingScene } from '../support/sending-scene';
import { describeWith } from '../support/services';
import type { SmtpPoint } from '../support/smtp-gate';

jest.setTimeout(150_000);

const sentOnce = { stage: 'filed', told: 'sent', taken: 1, delivered: 1, copies: 1 };
const points: SmtpPoint[] = isWholeMatrix ? ['EHLO', 'DATA', 'answer'] : ['answer'];

const faultNames = {
  sqlite: ['is locked by another program', 'is full'],
  postgres: ['is cut off', 'hangs', 'is read-only', 'is full', 'gives up waiting for a lock'],
  mysql: ['is cut off', 'hangs', 'is read-only', 'is full', 'gives up waiting for a lock'],
};
/** Strapi itself cannot answer then, or answers when it can. */
const beforeUs = ['is cut off', 'hangs'];
/** Something else has what is asked for. */
const busy = ['gives up waiting for a lock', 'is locked by another program'];

const refusal = z.object({
  error: z.object({ details: z.object({ code: z.string(), nextStep: z.string() }).optional() }),
});

const detailsOf = async (response: Response | null) => refusal.parse(await response?.json()).error.details;

describe.each(everyDatabase)('S51, P2: a database that fails while a mail is sent: %s', (database, needs) => {
  describeWith(needs, 'one mail, and what is told is true', () => {
    let stage: SendingScene;

    beforeAll(async () => {
      stage = await startSendingScene(database);
    }, 150_000);
    afterAll(() => stage?.end());

    const faultOf = (name: string): DatabaseFault => {
      const fault = databaseFaults(database, stage.scene, stage.database)[name];
      if (!fault) throw new Error(`${database} knows no way in which it ${name}.`);
      return fault;
    };
    const taken = async () => (await stage.postfix.taken()).length;
    /**
     * Pressed until it is we who are asked: Strapi itself fails before that where it clears old sessions,
     * at every 50th request, and where it has not yet seen that a connection of its pool is dead.
     */
    const askedOf = async (subject: string, key: string) => {
      let details = await detailsOf(await stage.press(subject, { key }));
      for (let more = 3; more > 0 && !details; more -= 1) {
        details = await detailsOf(await stage.press(subject, { key }));
      }
      return details;
    };
    const mailsOf = async (subject: string) =>
      (await answered(() => stage.scene.crm.threadsOf(stage.contactDocumentId))).threads.filter(
        (thread) => thread.subject === subject
      ).length;

    describe.each(points)('from %s on', (point) => {
      it.each(faultNames[database])(
        'it %s: nobody is told of a failure, and it is sent once',
        async (name) => {
          const subject = `${point} ${name}`;
          const fault = faultOf(name);
          const before = await taken();
          stage.smtp.hold(point);
          const pressed = stage.press(subject, point === 'DATA' ? { file: largeFile() } : {});
          await stage.smtp.held();
          await fault.begin();
          stage.smtp.release();
          const response = await pressed;
          expect(response.status).toBe(200);
          expect(sendMessageAnswer.parse(await response.json()).deliveryStatus).toBe('queued');
          while ((await taken()) === before) await sleep(50);
          await stage.postfix.delivered();
          await fault.end();
          const mail = await stage.find(subject);
          // A copy that the end of the fault disturbed is filed at the next try.
          await stage.advance(mail, 'filed');
          expect(await stage.whereabouts(mail)).toEqual(sentOnce);
          expect(await stage.view(mail)).toMatchObject({ attempts: 1, doubted: false });
        }
      );
    });

    it.each(faultNames[database])('it %s before anything is queued: nothing is half there', async (name) => {
      const subject = `Before: ${name}`;
      const key = `before it all: ${name}`;
      const fault = faultOf(name);
      await fault.begin();
      const pressed = stage.press(subject, { key }).catch(() => null);
      if (name === 'hangs') await fault.end();
      const response = await pressed;
      if (name !== 'hangs') {
        try {
          expect(response?.status ?? 500).toBeGreaterThanOrEqual(500);
          if (!beforeUs.includes(name)) {
            const details = (await detailsOf(response)) ?? (await askedOf(subject, key));
            const code = busy.includes(name) ? 'DATABASE_BUSY' : 'UNEXPECTED';
            expect(details).toEqual({ code, nextStep: expect.stringContaining('database') });
          }
        } finally {
          await fault.end();
        }
        expect(await mailsOf(subject)).toBe(0);
      }
      const again = await answered(() => stage.send(subject, { key }));
      await stage.untilStage(again, 'filed');
      expect(await stage.whereabouts(again)).toEqual(sentOnce);
      expect(await mailsOf(subject)).toBe(1);
    });
  });
});

describe.each(everyDatabase.filter(([kind]) => kind !== 'sqlite'))(
  'S51, P2: an answer of the database that is lost, and two processes: %s',
  (database, needs) => {
    describeWith(needs, 'one press is one mail', () => {
      let stage: SendingScene;

      beforeAll(async () => {
        stage = await startSendingScene(database);
      }, 150_000);
      afterAll(() => stage?.end());

      const gate = () => {
        if (!stage.database) throw new Error('A database server is behind a gate.');
        return stage.database;
      };

      const newsAfter = async (after: string) => {
        const path = `/email-connect/news?after=${encodeURIComponent(after)}`;
        return news.parse(await (await stage.scene.strapi.admin.fetch('GET', path)).json());
      };
      const queues = /insert into [`"]email_connect_outbox/;
      const records = /server_response/;

      it('the answer to the COMMIT that queued it: the mail is told of, and the same press again is it', async () => {
        const key = 'its commit was not heard of';
        gate().breakCommitOf(queues, 'after');
        const mail = await stage.send('Queued unheard', { key });
        expect(gate().hasBroken()).toBe(true);
        expect(await stage.send('Queued unheard', { key })).toMatchObject({
          messageDocumentId: mail.messageDocumentId,
        });
        await stage.advance(mail, 'filed');
        expect(await stage.whereabouts(mail)).toEqual(sentOnce);
      });

      it('a COMMIT that never got there: nothing is queued, and nobody is told that it is', async () => {
        const key = 'its commit did not happen';
        gate().breakCommitOf(queues, 'before');
        expect((await stage.press('Not queued', { key })).status).toBeGreaterThanOrEqual(500);
        expect(gate().hasBroken()).toBe(true);
        const mail = await stage.send('Not queued', { key });
        await stage.untilStage(mail, 'filed');
        expect(await stage.whereabouts(await stage.find('Not queued'))).toEqual(sentOnce);
      });

      it.each(['before', 'after'] as const)(
        'the connection at the COMMIT that recorded the server’s yes, %s it was done: sent once, and told so',
        async (when) => {
          gate().breakCommitOf(records, when);
          const { cursor } = await newsAfter('');
          const mail = await stage.send(`Recorded ${when}`);
          expect((await newsAfter(cursor)).items).toContainEqual(
            expect.objectContaining({ kind: 'message.sent', threadDocumentId: mail.threadDocumentId })
          );
          expect(gate().hasBroken()).toBe(true);
          expect(mail.deliveryStatus).toBe('sent');
          await stage.untilStage(mail, 'filed');
          expect(await stage.whereabouts(mail)).toEqual(sentOnce);
        }
      );

      it('both processes are pressed with one key at once: one mail, and both are told of it', async () => {
        const other = await stage.scene.startAnother();
        try {
          for (const round of [1, 2, 3]) {
            const key = `pressed in both, round ${round}`;
            const urls = [stage.scene.strapi.url, other.url];
            const answers = await Promise.all(
              urls.map(async (url) => {
                const response = await stage.press(`Both ${round}`, { key, url });
                expect(response.status).toBe(200);
                return sendMessageAnswer.parse(await response.json());
              })
            );
            expect(new Set(answers.map(({ messageDocumentId }) => messageDocumentId)).size).toBe(1);
            const mail = await stage.find(`Both ${round}`);
            await stage.advance(mail, 'filed');
            expect(await stage.whereabouts(mail)).toEqual(sentOnce);
          }
        } finally {
          await other.stop();
        }
      });
    });
  }
);
