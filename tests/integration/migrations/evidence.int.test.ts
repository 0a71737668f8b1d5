import { evidenceWithoutLogAddress } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/0007-evidence-without-log-address';
import { inTransaction } from '../../../src/plugins/email-connect/server/src/adapters/records/base/transaction';
import { migrationsAlone, withPlugin } from './harness';
import type { OldDatabase } from './harness';

const MESSAGES = 'plugin::email-connect.email-message';
const byAddress = { rung: 'log-address', confidence: 1, header: 'Delivered-To', value: 'us+log@crm.test' };
const byReference = { rung: 'references', confidence: 1, header: 'References', value: 'a@crm.test' };

/** Number six, with the present plugin, on mail that 0.1.0 logged by the log address. */
export const evidenceTests = (database: OldDatabase): void => {
  describe('S36: evidence names no log address', () => {
    const messages = () => database.strapi.db.query(MESSAGES);
    const step = (position: string) =>
      inTransaction(database.strapi, (writer) => evidenceWithoutLogAddress.step(writer, position));
    const evidenceOf = async (subject: string): Promise<unknown> =>
      (await messages().findMany({ where: { subject }, orderBy: { id: 'asc' } })).map(
        ({ evidence }) => evidence
      );

    beforeAll(async () => {
      const data = Array.from({ length: 501 }, () => ({
        subject: 'by address',
        origin: 'log_address',
        evidence: byAddress,
      }));
      await messages().createMany({ data });
      for (const evidence of [byReference, null])
        await messages().create({ data: { subject: 'otherwise', origin: 'log_address', evidence } });
    });
    afterAll(() => messages().deleteMany({ where: { subject: { $in: ['by address', 'otherwise'] } } }));

    test('all of it in steps, and no other', async () => {
      let at = await step('');
      while (at !== null) at = await step(at);
      const cleaned = { ...byAddress, value: '' };
      expect(await evidenceOf('by address')).toEqual(Array.from({ length: 501 }, () => cleaned));
      expect(await evidenceOf('otherwise')).toEqual([byReference, null]);
    });
  });
};

migrationsAlone(__filename, (database) => {
  beforeAll(() => database.app.restart(withPlugin), 120_000);
  evidenceTests(database);
});
