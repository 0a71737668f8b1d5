import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { silent } from './failures';

type Database = Core.Strapi['db'];
type Connection = Database['connection'];
export type Transaction = Parameters<NonNullable<Parameters<Database['transaction']>[0]>>[0]['trx'];

/**
 * Silence is counted in ticks in which this process was running: when the process was suspended, or its machine
 * slept, the answers have arrived meanwhile and are read at the first tick.
 */
const TICK_MS = 5_000;

/** A call to the database, of one query or many, and how long nothing was heard from it. */
export class Call {
  isOver = false;
  private ticks = 0;
  private isGivenUp = false;
  private readonly transactions = new Set<Transaction>();

  constructor(private readonly silenceMs: number) {}

  readonly heard = (): void => {
    this.ticks = 0;
  };

  /** true when nothing was heard for too long. */
  tick(): boolean {
    this.ticks += 1;
    return this.ticks * TICK_MS >= this.silenceMs;
  }

  /**
   * The call has begun a transaction: until that is over, its connection is cut together with the call; afterwards
   * somebody else uses the connection. Throws when the call was given up before.
   */
  begun(trx: Transaction): void {
    if (this.isGivenUp) throw silent();
    this.transactions.add(trx);
    const over = () => void this.transactions.delete(trx);
    trx.executionPromise.then(over, over);
  }

  giveUp(): void {
    this.isGivenUp = true;
    for (const trx of this.transactions) void cut(trx);
  }
}

const calls = new AsyncLocalStorage<Call>();
const heardOf = new WeakSet<Connection>();

/**
 * Runs `work`, which calls this database; rejects when nothing is heard from it for `silenceMs`. A TCP connection
 * that goes silent fails after a quarter of an hour, or never. A call within a call counts as part of the outer one.
 */
export const unlessSilent = async <Result>(
  connection: Connection,
  silenceMs: number,
  work: (call: Call) => Promise<Result>
): Promise<Result> => {
  const outer = calls.getStore();
  if (outer && !outer.isOver) return work(outer);
  hear(connection);
  const call = new Call(silenceMs);
  const running = calls.run(call, () => work(call));
  running.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (!call.tick()) return;
      call.giveUp();
      reject(silent());
    }, TICK_MS);
  });
  try {
    return await Promise.race([running, silence]);
  } finally {
    clearInterval(timer);
    call.isOver = true;
  }
};

/** knex emits its events for queries and answers in the caller's async context. */
const hear = (connection: Connection): void => {
  if (heardOf.has(connection)) return;
  heardOf.add(connection);
  for (const event of ['query', 'query-response', 'query-error']) {
    connection.on(event, () => calls.getStore()?.heard());
  }
};

/** pg has the socket in `connection.connection.stream`, mysql2 in `connection.stream`; SQLite has none. */
const cut = async (trx: Transaction): Promise<void> => {
  const connection: unknown = await trx.client.acquireConnection();
  const inner: unknown = Reflect.get(Object(connection), 'connection');
  for (const holder of [connection, inner]) {
    const stream: unknown = Reflect.get(Object(holder), 'stream');
    const destroy: unknown = Reflect.get(Object(stream), 'destroy');
    if (typeof destroy === 'function') Reflect.apply(destroy, stream, []);
  }
};
