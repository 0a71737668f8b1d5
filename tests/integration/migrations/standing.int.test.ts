import { z } from 'zod';
import { createRecords } from '../../../src/plugins/email-connect/server/src/adapters/records/create-records';
import { whereMessagesStand } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/0004-where-messages-stand';
import { inTransaction } from '../../../src/plugins/email-connect/server/src/adapters/records/base/transaction';
import { contentsOf } from '../../support/old-database';
import { until } from '../../support/until';
import { migrationsAlone, newName, withPlugin } from './harness';
import type { OldDatabase } from './harness';

const link = z.object({
  thread_document_id: z.string(),
  contact_type: z.string(),
  contact_document_id: z.string(),
});
const person = z.object({ thread_document_id: z.string(), address_hash: z.string(), address: z.string() });
const PEOPLE = 'email_connect_participants';
const LINKS = newName('ec_contact_links');
const DERIVED = ['email_connect_message_addresses', 'email_connect_message_records', PEOPLE];

/** Number four, on the conversations that 0.1.0 showed as a whole. */
export const standingTests = (database: OldDatabase, before: () => Record<string, unknown[]>): void => {
  describe('S40: where the mail of 0.1.0 stands', () => {
    const withoutIds = async () =>
      Object.values(await contentsOf(database.strapi, DERIVED)).map((rows) =>
        rows
          .map((row) => JSON.stringify(Object.entries(Object(row)).filter(([column]) => column !== 'id')))
          .sort()
      );

    beforeAll(async () => {
      const migrations = database.process();
      await until(
        async () => {
          await migrations.runSteps();
          return migrations.isDone(whereMessagesStand.number);
        },
        'It never ended.',
        60_000
      );
    }, 90_000);

    test('every conversation is on the records that it was on, and its people are those that it had', async () => {
      const links = z.array(link).parse(before()['ec_contact_links']);
      expect(links.length).toBeGreaterThan(0);
      const { threads } = createRecords(database.strapi);
      for (const { contact_type: contactType, contact_document_id: documentId, ...at } of links) {
        const page = await threads.listOfContact({ contactType, documentId }, { start: 0, limit: 100 });
        expect(page.threads.map((thread) => thread.documentId)).toContain(at.thread_document_id);
      }
      const people = async () => z.array(person).parse(await database.strapi.db.getConnection(PEOPLE));
      expect(await people()).toEqual(
        expect.arrayContaining(z.array(person).parse(before()['ec_participants']))
      );
      expect(await database.strapi.db.getConnection(LINKS)).toEqual([]);
    });

    test('made anew, also by one that died in between, it is the same', async () => {
      const made = await withoutIds();
      for (let round = 0; round < 2; round += 1) {
        await inTransaction(database.strapi, (writer) => whereMessagesStand.step(writer, ''));
      }
      expect(await withoutIds()).toEqual(made);
    });

    test('S45: mail stands on no record that was deleted in the meantime', async () => {
      const records = () => database.strapi.db.getConnection('email_connect_message_records');
      const made = await withoutIds();
      const [row] = z.array(z.object({ id: z.number() }).passthrough()).parse(await records().limit(1));
      const { id: _, ...standing } = row ?? { id: 0 };
      await records().insert({ ...standing, contact_document_id: 'deletedinthemeantime0000' });
      await inTransaction(database.strapi, (writer) => whereMessagesStand.step(writer, ''));
      expect(await withoutIds()).toEqual(made);
    });
  });
};

migrationsAlone(__filename, (database) => {
  let before: Record<string, unknown[]> = {};
  beforeAll(async () => {
    before = await contentsOf(database.strapi, ['ec_contact_links', 'ec_participants']);
    await database.app.restart(withPlugin);
  }, 120_000);
  standingTests(database, () => before);
});
