import { EventEmitter } from 'node:events';
import { inTransaction, nowMs } from './database';
import type { Strapi } from './database';

test('P2: the clock that all processes share knows no local time: on one night a year that jumps by an hour and back', () => {
  const strapi = { db: { dialect: { client: 'mysql' } } } as unknown as Strapi;
  expect(nowMs(strapi)).toContain('utc_timestamp(3)');
  expect(nowMs(strapi)).not.toMatch(/\bnow\(|unix_timestamp|current_timestamp/);
});

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
