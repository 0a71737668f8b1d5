import { z } from 'zod';
import { crmOf } from '../../dev/demo/crm';
import type { StrapiProcess } from '../../dev/strapi/strapi-process';
import { messageIdOf } from '../support/mail-program';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { describeWith } from '../support/services';
import type { Service } from '../support/services';
import type { DatabaseKind } from '../support/test-database';
import { until } from '../support/until';

const REPLIES = 200;
const databases: [DatabaseKind, Service][] = [
  ['postgres', 'postgres'],
  ['mysql', 'mariadb'],
];

const leaseRow = z.object({ holder: z.string(), token: z.coerce.number() });
const countRow = z.object({ count: z.coerce.number() });

describe.each(databases)('P2, c21: two processes on one %s', (database, service) => {
  describeWith(service, 'with the same inbox', () => {
    let mail: MailScene;
    let other: StrapiProcess | null = null;

    beforeAll(async () => {
      mail = await startMailScene({}, database);
      other = await mail.scene.startAnother();
    }, 200_000);
    afterAll(async () => {
      await other?.stop();
      expect(mail.server.unexpectedErrors).toEqual([]);
      await mail.end();
    });

    const lease = async () =>
      leaseRow.parse(
        (
          await mail.scene.rows(
            `select holder, token from email_connect_leases where inbox_document_id = '${mail.inboxDocumentId}'`
          )
        )[0]
      );
    const recorded = async (): Promise<number> =>
      countRow.parse(
        (
          await mail.scene.rows(
            "select count(*) as count from email_connect_messages where direction = 'incoming'"
          )
        )[0]
      ).count;
    /** Sessions that read mail, each once for every time another one read in between. */
    const readers = (): number[] =>
      mail.server.transcript
        .filter(
          ({ direction, protocol, line }) =>
            protocol === 'imap' && direction === 'in' && / UID FETCH /.test(line)
        )
        .map(({ session }) => session)
        .filter((session, i, all) => session !== all[i - 1]);

    it('a burst of 200 replies, one process killed in the middle of it: each is there once, and one at a time reads', async () => {
      const { threadDocumentId } = await mail.send('Burst');
      const replies = await Promise.all(
        Array.from({ length: REPLIES }, (_, i) => mail.replyTo('Burst', { text: `Answer ${i}.` }))
      );
      const before = await lease();
      expect(before.holder).not.toBe('');
      for (const reply of replies.slice(0, REPLIES / 2)) mail.deliver(reply);
      await until(async () => (await recorded()) > 0, 'Nothing was recorded.');
      // Dies at the next body it asks for, wherever the first half has got to.
      mail.server.faults.inject({ command: 'UID FETCH', effect: { do: 'ignore' }, after: 3 });
      for (const reply of replies.slice(REPLIES / 2)) mail.deliver(reply);
      await mail.scene.strapi.kill9();
      const atDeath = await recorded();
      expect(atDeath).toBeLessThan(REPLIES);
      // Until its time is over nobody takes what a dead process holds.
      expect(await lease()).toEqual(before);
      mail.server.faults.clear();
      await mail.scene.endLeases();
      await until(
        async () => (await recorded()) === REPLIES,
        async () => `${await recorded()} of ${REPLIES} are there.`,
        120_000
      );

      const { url, admin } = other ?? mail.scene.strapi;
      const { messages } = await crmOf(url, admin.token).readThread(threadDocumentId);
      expect(
        messages
          .filter(({ direction }) => direction === 'incoming')
          .map(({ messageId }) => messageId)
          .sort()
      ).toEqual(replies.map(messageIdOf).sort());
      const after = await lease();
      expect(after.token).toBeGreaterThan(before.token);
      expect(after.holder).not.toBe(before.holder);
      expect(new Set(readers()).size).toBe(readers().length);
    }, 300_000);

    it('started again, it waits for its turn, takes over when the other one stops, and nothing is read twice', async () => {
      await mail.scene.restart();
      const before = await lease();
      mail.deliver(await mail.replyTo('Burst', { text: 'One more.' }));
      await until(async () => (await recorded()) === REPLIES + 1, 'The one more is not there.');
      expect((await lease()).token).toBe(before.token);

      expect(await other?.stop()).toBe(0);
      other = null;
      await until(async () => (await lease()).token > before.token, 'Nobody took over.');
      mail.deliver(await mail.replyTo('Burst', { text: 'And the last.' }));
      await until(async () => (await recorded()) === REPLIES + 2, 'The last is not there.');
      expect(new Set(readers()).size).toBe(readers().length);
      await mail.waitForInbox('was well', ({ state }) => state === 'ok');
    }, 300_000);
  });
});
