import { EventEmitter } from 'node:events';
import { unlessSilent } from './silence';

type Connection = Parameters<typeof unlessSilent>[0];

const connectionOf = () => new EventEmitter() as unknown as Connection & EventEmitter;
const hangs = new Promise<never>(() => undefined);
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const silence = { code: 'no answer' };

describe('S47: what the database says nothing of', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('is given up, and the socket of its transaction with it', async () => {
    const cut: string[] = [];
    const trxOf = (connection: object, executionPromise: Promise<void> = hangs) =>
      ({ client: { acquireConnection: async () => connection }, executionPromise }) as never;
    const pg = { connection: { stream: { destroy: () => void cut.push('pg') } } };
    const mysql = { stream: { destroy: () => void cut.push('mysql2') } };
    const others = { stream: { destroy: () => void cut.push('one that somebody else has by now') } };
    const asked = unlessSilent(connectionOf(), 40_000, async (call) => {
      call.begun(trxOf(others, Promise.resolve()));
      call.begun(trxOf(others, Promise.reject(new Error('rolled back'))));
      for (const connection of [pg, mysql, {}]) call.begun(trxOf(connection));
      return hangs;
    });
    const refused = expect(asked).rejects.toMatchObject(silence);
    await pass(39_999);
    expect(cut).toEqual([]);
    await pass(1);
    await refused;
    expect(cut).toEqual(['pg', 'mysql2']);
  });

  test('takes as long as it needs while answers come, each to whoever asked', async () => {
    const connection = connectionOf();
    const talking = unlessSilent(connection, 40_000, async () => {
      for (let query = 0; query < 10; query += 1) {
        await new Promise((resolve) => setTimeout(resolve, 30_000));
        connection.emit('query-response');
      }
      return 'done';
    });
    const silent = expect(unlessSilent(connection, 40_000, () => hangs)).rejects.toMatchObject(silence);
    await pass(300_000);
    await silent;
    expect(await talking).toBe('done');
  });

  test('a transaction that begins when nobody waits any more does nothing', async () => {
    let begin = (): void => undefined;
    let isRefused = false;
    const asked = unlessSilent(connectionOf(), 40_000, async (call) => {
      await new Promise<void>((resolve) => (begin = resolve));
      try {
        call.begun({} as never);
      } catch {
        isRefused = true;
      }
    });
    const refused = expect(asked).rejects.toMatchObject(silence);
    await pass(40_000);
    await refused;
    begin();
    await pass(0);
    expect(isRefused).toBe(true);
  });

  test('work within work is the outer one’s; what outlives it is not', async () => {
    const connection = connectionOf();
    let later: Promise<unknown> = Promise.resolve();
    await unlessSilent(connection, 40_000, async (outer) => {
      await unlessSilent(connection, 40_000, async (inner) => expect(inner).toBe(outer));
      later = new Promise<void>((resolve) => setTimeout(resolve, 1_000)).then(() =>
        unlessSilent(connection, 40_000, () => hangs)
      );
    });
    const refused = expect(later).rejects.toMatchObject(silence);
    await pass(41_000);
    await refused;
  });
});
