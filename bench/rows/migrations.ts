import { whereMessagesStand } from '../../src/plugins/email-connect/server/src/adapters/records/migrations/0004-where-messages-stand';
import { whoHoldsWhat } from '../../src/plugins/email-connect/server/src/adapters/records/migrations/0009-who-holds-what';
import { copiesAreCompared } from '../../src/plugins/email-connect/server/src/adapters/records/migrations/0012-copies-are-compared';
import type { SteppedMigration } from '../../src/plugins/email-connect/server/src/adapters/records/migrations/migration';
import { inTransaction } from '../../src/plugins/email-connect/server/src/adapters/records/base/transaction';
import { patiently } from '../../src/plugins/email-connect/server/src/adapters/records/base/transaction-limits';
import type { DatabaseKind } from '../../tests/support/test-database';
import { databaseNames, databases, startContactPages } from '../contact-pages';
import type { ContactPages } from '../contact-pages';
import { asOfFirstVersion, copyMail, plantMail } from '../plant-mail';
import { megabytes, perSecond, printRows, seconds, timed } from '../report';
import type { Row } from '../report';

const OF_EACH = 1_000;
const FEW = 10_000;
const MANY = Number(process.env.BENCH_LARGE ?? 1_000_000);
/** How much more time each message may take where there are very many. */
const LIMIT = 1.5;
const MEMORY_LIMIT = 200_000_000;
const shape = { messages: OF_EACH, threads: OF_EACH, recipients: 1, bodyLength: 1_000 };

interface Migrated {
  ms: number;
  /** The step that took longest: so long a pass that writes to one of its conversations waits. */
  longestMs: number;
  bytes: number;
}

const run = async ({ strapi }: ContactPages, migration: SteppedMigration): Promise<Migrated> => {
  let position: string | null = '';
  let longestMs = 0;
  let most = 0;
  const before = process.memoryUsage.rss();
  const ms = await timed(async () => {
    while (position !== null) {
      const from: string = position;
      const stepMs = await timed(async () => {
        position = await inTransaction(strapi, (writer) => migration.step(writer, from), patiently);
      });
      longestMs = Math.max(longestMs, stepMs);
      most = Math.max(most, process.memoryUsage.rss());
    }
  });
  return { ms, longestMs, bytes: most - before };
};

/** Those that go through all mail. */
const migrations = [whereMessagesStand, whoHoldsWhat, copiesAreCompared];

/** Mail of 0.1.0 through these migrations, on a database of its own. */
const migrate = async (database: DatabaseKind, messages: number): Promise<Migrated[]> => {
  const pages = await startContactPages(database);
  try {
    const { strapi } = pages;
    const contact = await pages.addContact('other0@customer.example');
    const planted = await plantMail(strapi, contact, 'other0@customer.example', 1, shape);
    for (let n = 1; n < messages / OF_EACH; n += 1)
      await copyMail(strapi, planted, `other${n}@customer.example`, planted.first + n * OF_EACH);
    await asOfFirstVersion(strapi);
    await pages.analyze();
    const migrated: Migrated[] = [];
    for (const migration of migrations) {
      const done = await run(pages, migration);
      console.log(
        `${databaseNames[database]}, ${messages.toLocaleString('en-US')} messages: migration ${migration.number} took ${seconds(done.ms)}, its longest step ${seconds(done.longestMs)}`
      );
      migrated.push(done);
    }
    return migrated;
  } finally {
    await pages.stop();
  }
};

const measure = async (database: DatabaseKind): Promise<Row[]> => {
  const few = await migrate(database, FEW);
  const many = await migrate(database, MANY);
  return migrations.flatMap(({ number, name }, i): Row[] => {
    const [small, large] = [few[i], many[i]];
    if (!small || !large) return [];
    const ratio = large.ms / MANY / (small.ms / FEW);
    const work = `migration ${number} (${name}), ${MANY.toLocaleString('en-US')} messages of 0.1.0, on ${databaseNames[database]}`;
    return [
      {
        work,
        ours: perSecond(MANY, large.ms),
        against: `with ${FEW.toLocaleString('en-US')} messages ${perSecond(FEW, small.ms)}`,
        ratio: ratio.toFixed(2),
        reach: `at most ${LIMIT} times as long`,
        reached: ratio <= LIMIT,
      },
      {
        work: `${work}, memory`,
        ours: `${megabytes(large.bytes)} more than before`,
        against: megabytes(MEMORY_LIMIT),
        ratio: (large.bytes / MEMORY_LIMIT).toFixed(2),
        reach: 'less than 1',
        reached: large.bytes < MEMORY_LIMIT,
      },
    ];
  });
};

const main = async (): Promise<void> => {
  const only = process.env.BENCH_DATABASE;
  const rows: Row[] = [];
  for (const database of databases) if (!only || only === database) rows.push(...(await measure(database)));
  printRows(rows);
};

void main();
