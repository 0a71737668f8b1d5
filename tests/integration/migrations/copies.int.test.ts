import { copiesAreCompared } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/0012-copies-are-compared';
import { inTransaction } from '../../../src/plugins/email-connect/server/src/adapters/records/base/transaction';
import { COMPARED } from '../../../src/plugins/email-connect/server/src/adapters/records/mail/copies';
import { until } from '../../support/until';
import { migrationsAlone, withPlugin } from './harness';
import type { OldDatabase } from './harness';

const VIC = { document_id: 'inbox of vic', address: 'vic@crm.test' };

/** Number twelve, on the mail of 0.1.0 and the places where it was seen. */
export const copiesTests = (database: OldDatabase): void => {
  describe('S41: copies that were found before an update', () => {
    const table = (name: string) => database.strapi.db.getConnection(`email_connect_${name}`);
    const places = (): Promise<{ inbox_document_id: string; compare_at: string | number | null }[]> =>
      table('locations').select('inbox_document_id', 'compare_at').orderBy('id');
    const step = () => inTransaction(database.strapi, (writer) => copiesAreCompared.step(writer, ''));

    beforeAll(async () => {
      const migrations = database.process();
      await until(
        async () => {
          await migrations.runSteps();
          return migrations.isDone(copiesAreCompared.number);
        },
        'It never ended.',
        60_000
      );
    }, 90_000);
    afterAll(async () => {
      await table('locations').where({ inbox_document_id: VIC.document_id }).delete();
      await table('inboxes').where({ document_id: VIC.document_id }).delete();
    });

    test('are not compared where they lie in the inbox that logged the mail', async () => {
      const found = await places();
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter(({ compare_at: due }) => due !== null)).toEqual([]);
    });

    test('are compared where they lie in another one, each once, also by one that died in between', async () => {
      const [{ id: _, ...place } = { id: 0 }] = await table('locations').select('*').orderBy('id');
      await table('inboxes').insert(VIC);
      await table('locations').insert({ ...place, inbox_document_id: VIC.document_id });
      const ofVic = async () =>
        (await places())
          .filter((one) => one.inbox_document_id === VIC.document_id)
          .map((one) => one.compare_at);
      expect(await ofVic()).toEqual([null]);
      for (let round = 0; round < 2; round += 1) await step();
      expect((await ofVic()).map(Number)).toEqual([COMPARED.afterOthers]);
      await table('locations')
        .where({ inbox_document_id: VIC.document_id })
        .update({ compare_at: null, compares: 1 });
      await step();
      expect(await ofVic()).toEqual([null]);
    });
  });
};

migrationsAlone(__filename, (database) => {
  beforeAll(async () => database.app.restart(withPlugin), 120_000);
  copiesTests(database);
});
