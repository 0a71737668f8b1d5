import { z } from 'zod';
import { createRecords } from '../../../src/plugins/email-connect/server/src/adapters/records/create-records';
import { whoHoldsWhat } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/0009-who-holds-what';
import { inTransaction } from '../../../src/plugins/email-connect/server/src/adapters/records/base/transaction';
import { contentsOf } from '../../support/old-database';
import { until } from '../../support/until';
import { migrationsAlone, withPlugin } from './harness';
import type { OldDatabase } from './harness';

const HOLDINGS = 'email_connect_holdings';
const held = z.object({
  id: z.number(),
  message_id: z.number(),
  inbox_document_id: z.string(),
  holds: z.coerce.boolean(),
  decides: z.coerce.boolean(),
});
const recorded = z.object({ id: z.number(), inbox: z.object({ documentId: z.string() }).nullable() });

/** Number nine, on the mail of 0.1.0, which had no levels. */
export const holdingsTests = (database: OldDatabase): void => {
  describe('S42: who holds the mail of 0.1.0', () => {
    const holdings = async () =>
      z
        .array(held)
        .parse((await contentsOf(database.strapi, [HOLDINGS]))[HOLDINGS])
        .map(({ id: _, ...row }) => row);

    beforeAll(async () => {
      const migrations = database.process();
      await until(
        async () => {
          await migrations.runSteps();
          return migrations.isDone(whoHoldsWhat.number);
        },
        'It never ended.',
        60_000
      );
    }, 90_000);

    test('the inbox that logged a mail holds it, and some inbox decides about each', async () => {
      const rows = await holdings();
      const messages = z
        .array(recorded)
        .parse(
          await database.strapi.db
            .query('plugin::email-connect.email-message')
            .findMany({ populate: { inbox: { select: ['documentId'] } } })
        );
      expect(messages.length).toBeGreaterThan(0);
      for (const { id, inbox } of messages) {
        const ofMessage = rows.filter(({ message_id: messageId }) => messageId === id);
        if (inbox)
          expect(ofMessage).toContainEqual(
            expect.objectContaining({ inbox_document_id: inbox.documentId, holds: true })
          );
        expect(ofMessage.some(({ decides }) => decides)).toBe(inbox !== null);
      }
    });

    test('everything is full, and levels may be chosen', async () => {
      const { inboxes, levels } = createRecords(database.strapi);
      expect(new Set((await inboxes.list()).map(({ level }) => level))).toEqual(new Set(['full']));
      expect(await levels.isReady()).toBe(true);
    });

    test('made anew, also by one that died in between, it is the same', async () => {
      const made = await holdings();
      for (let round = 0; round < 2; round += 1) {
        await inTransaction(database.strapi, (writer) => whoHoldsWhat.step(writer, ''));
      }
      expect(await holdings()).toEqual(expect.arrayContaining(made));
      expect(await holdings()).toHaveLength(made.length);
    });
  });
};

migrationsAlone(__filename, (database) => {
  beforeAll(async () => database.app.restart(withPlugin), 120_000);
  holdingsTests(database);
});
