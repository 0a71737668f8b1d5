import { inTransaction } from '../../src/plugins/email-connect/server/src/adapters/records/base/transaction';
import { passFence } from '../../src/plugins/email-connect/server/src/adapters/records/inboxes/leases';
import { describeWith } from '../support/services';
import { startRecords } from './records/harness';
import { sharedDatabases } from '../support/processes-matrix';
import { until } from '../support/until';

jest.setTimeout(200_000);

const SETTINGS = {
  postgres:
    "select current_setting('lock_timeout') as a, current_setting('statement_timeout') as b, current_setting('idle_in_transaction_session_timeout') as c",
  mysql:
    'select @@session.wait_timeout as a, @@session.innodb_lock_wait_timeout as b, @@session.lock_wait_timeout as c, @@session.max_statement_time as d',
};

describe.each(sharedDatabases)('S47: how long a transaction may take: %s', (kind, service) => {
  describeWith(service, 'and what it leaves behind', () => {
    const ec = startRecords(kind);
    const strapi = () => ec.strapi;

    const settingsOf = async (query: { raw(sql: string): PromiseLike<unknown> }): Promise<unknown> => {
      const answer: unknown = await query.raw(SETTINGS[kind]);
      const rows: unknown =
        kind === 'postgres' ? Reflect.get(Object(answer), 'rows') : Reflect.get(Object(answer), 0);
      return JSON.parse(JSON.stringify(rows));
    };
    /** Of every connection of the pool. */
    const ofThePool = () => Promise.all(Array.from({ length: 8 }, () => settingsOf(strapi().db.connection)));

    it('it leaves the connections of Strapi’s pool as they were, whether it ends well or not', async () => {
      const [before] = await ofThePool();
      const { fence } = await ec.connect();
      const failing = { ...fence, token: fence.token + 1 };
      await Promise.all(
        Array.from({ length: 24 }, (_, i) =>
          inTransaction(strapi(), async (writer) => {
            await passFence(writer, i % 2 === 0 ? fence : failing);
            if (i % 3 === 0) throw new Error('refused');
          }).catch(() => undefined)
        )
      );
      for (const settings of await ofThePool()) expect(settings).toEqual(before);
    });

    it('it changes nothing of a transaction that somebody else began', async () => {
      await strapi().db.transaction(async ({ trx }) => {
        const before = await settingsOf(trx);
        await inTransaction(strapi(), async () => undefined);
        expect(await settingsOf(trx)).toEqual(before);
      });
    });

    it('whoever wants the lease that a transaction has locked hears so soon, and has it when that one is ended', async () => {
      const { fence } = await ec.connect();
      const { leases } = ec.records;
      const began = performance.now();
      let isLocked = false;
      let wake = (): void => undefined;
      const over = new Promise<void>((resolve) => (wake = resolve));
      // As of a process that is gone: it says nothing more, and never commits.
      const gone = inTransaction(strapi(), async (writer) => {
        isLocked = await passFence(writer, fence);
        await over;
        return passFence(writer, fence);
      });
      const ended = expect(gone).rejects.toThrow();
      await until(async () => isLocked, 'It has no lock.');
      await expect(leases.renew(fence, 60_000)).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
      const renew = () => leases.renew(fence, 60_000).catch(() => false);
      await until(renew, 'The lock was never free.', 120_000);
      expect(performance.now() - began).toBeLessThan(60_000);
      wake();
      await ended;
      await leases.release(fence);
    });
  });
});
