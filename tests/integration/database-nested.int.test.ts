import { inTransaction } from '../../src/plugins/email-connect/server/src/adapters/records/base/transaction';
import type { Writer } from '../../src/plugins/email-connect/server/src/adapters/records/base/transaction';
import { tables } from '../../src/plugins/email-connect/server/src/adapters/records/base/names';
import { describeWith } from '../support/services';
import { startRecords } from './records/harness';
import { sharedDatabases } from '../support/processes-matrix';
import { until } from '../support/until';

jest.setTimeout(200_000);

describe.each(sharedDatabases)(
  'P2: what we write within a transaction of somebody else: %s',
  (kind, service) => {
    describeWith(service, 'and a deadlock', () => {
      const ec = startRecords(kind);

      it('stays with all the rest of it, or not at all', async () => {
        const { db } = ec.strapi;
        const [one, other, heavy] = [await ec.connect(), await ec.connect(), await ec.connect()];
        const write = (writer: Pick<Writer, 'table'>, { fence }: typeof one) =>
          writer
            .table(tables.lease)
            .where({ inbox_document_id: fence.inboxDocumentId })
            .increment('writes', 1);
        const writesOf = async ({ fence }: typeof one): Promise<number> => {
          const row: { writes: number | string } = await db
            .getConnection(tables.lease)
            .where({ inbox_document_id: fence.inboxDocumentId })
            .first('writes');
          return Number(row.writes);
        };
        let hasOne = false;
        let wantsOne = false;
        // The database ends whoever wrote less: not this one.
        const peer = db.transaction(async ({ trx }) => {
          const writer = { table: (name: string) => db.getConnection(name).transacting(trx) };
          await write(writer, other);
          for (let i = 0; i < 50; i += 1) await write(writer, heavy);
          await until(async () => hasOne, 'Nobody has the first row.');
          const waiting = write(writer, one).then(() => undefined);
          wantsOne = true;
          await waiting;
        });
        const ours = db.transaction(async ({ trx }) => {
          await write({ table: (name) => db.getConnection(name).transacting(trx) }, one);
          hasOne = true;
          await until(async () => wantsOne, 'Nobody waits for the first row.');
          await inTransaction(ec.strapi, async (writer) => void (await write(writer, other)));
        });
        const [theirs, own] = await Promise.allSettled([peer, ours]);
        const committed = [theirs, own].filter(({ status }) => status === 'fulfilled').length;
        expect(committed).toBeGreaterThan(0);
        expect([await writesOf(one), await writesOf(other)]).toEqual([committed, committed]);
      });
    });
  }
);
