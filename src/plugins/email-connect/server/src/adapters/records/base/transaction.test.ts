import { EventEmitter } from 'node:events';
import type { Strapi } from './strapi';
import { inTransaction } from './transaction';

describe('P2: a transaction that a deadlock ended', () => {
  const run = async (isWithinAnother: boolean): Promise<number> => {
    let runs = 0;
    const db = {
      connection: new EventEmitter(),
      dialect: { client: 'sqlite' },
      inTransaction: () => isWithinAnother,
      transaction: async (work: (begun: { trx: object }) => unknown) =>
        work({ trx: { executionPromise: Promise.resolve() } }),
    };
    const deadlock = Object.assign(new Error('deadlock'), { code: 'ER_LOCK_DEADLOCK' });
    const refused = inTransaction({ db } as unknown as Strapi, async () => {
      runs += 1;
      throw deadlock;
    });
    await expect(refused).rejects.toBe(deadlock);
    return runs;
  };

  test('is run again, for nothing of it is left', async () => {
    expect(await run(false)).toBe(3);
  });

  test('is not run again within another one, of which nothing is left either', async () => {
    expect(await run(true)).toBe(1);
  });
});
