import type { DatabaseKind } from '../../tests/support/test-database';
import { callers, databaseNames, databases, startContactPages } from '../contact-pages';
import type { PageCaller } from '../contact-pages';
import { plantLevels, plantMail } from '../plant-mail';
import { median, printRows, quantile } from '../report';
import type { Row } from '../report';

const MESSAGES = 10_000;
const ROUNDS = 40;
/** p95 of each series; their median counts, so that what else the machine does for a moment does not. */
const SERIES = 5;
const LIMIT_MS = 25;
/** How much slower than on PostgreSQL it may be on MariaDB. */
const MARIADB_LIMIT = 2;

const shapes = [
  { named: '10,000 conversations', threads: MESSAGES, recipients: 1 },
  { named: 'one conversation', threads: 1, recipients: 1 },
  { named: '10,000 conversations with 40 recipients each', threads: MESSAGES, recipients: 40 },
];

/** p95 in ms by shape, of the caller who waits longer: where everything is told, and then with levels in force. */
const measure = async (database: DatabaseKind): Promise<number[]> => {
  const pages = await startContactPages(database);
  try {
    const contacts = [];
    for (const [i, { named, threads, recipients }] of shapes.entries()) {
      const address = `cleo${i}@customer.example`;
      const contact = await pages.addContact(address);
      const shape = { messages: MESSAGES, threads, recipients, bodyLength: 4_000 };
      await plantMail(pages.strapi, contact, address, 1 + i * MESSAGES, shape);
      contacts.push({ named, threads, contact });
    }
    const slowest: number[] = [];
    for (const isLevelled of [false, true]) {
      if (isLevelled) await plantLevels(pages.strapi, pages.userOf('administrator'));
      await pages.analyze();
      for (const { named, threads, contact } of contacts) {
        const p95s: Record<PageCaller, number[]> = { administrator: [], restricted: [] };
        for (let series = 0; series < SERIES; series += 1) {
          for (const caller of callers)
            p95s[caller].push(quantile(await pages.open(caller, contact, threads, ROUNDS), 0.95));
        }
        for (const caller of callers)
          console.log(
            `${databaseNames[database]}, ${named}${isLevelled ? ', levels' : ''}, ${caller}: p95 ${p95s[caller].map((ms) => ms.toFixed(1)).join(', ')} ms`
          );
        slowest.push(Math.max(...callers.map((caller) => median(p95s[caller]))));
      }
    }
    return slowest;
  } finally {
    await pages.stop();
  }
};

const main = async (): Promise<void> => {
  const byDatabase = new Map<DatabaseKind, number[]>();
  for (const database of databases) byDatabase.set(database, await measure(database));
  const rows: Row[] = [];
  const plain = shapes.map(({ named }) => named);
  const states = [...plain, ...plain.map((named) => `${named}, levels in force`)];
  for (const [i, named] of states.entries()) {
    const on = (database: DatabaseKind): number => byDatabase.get(database)?.[i] ?? Number.NaN;
    const work = (database: DatabaseKind) =>
      `a page of the conversations of a contact with 10,000 messages, ${named}, p95 on ${databaseNames[database]} of the slower of two callers`;
    for (const database of ['sqlite', 'postgres'] as const) {
      rows.push({
        work: work(database),
        ours: `${on(database).toFixed(1)} ms`,
        against: `${LIMIT_MS} ms`,
        ratio: (on(database) / LIMIT_MS).toFixed(2),
        reach: 'less than 1',
        reached: on(database) < LIMIT_MS,
      });
    }
    const ratio = on('mysql') / on('postgres');
    rows.push({
      work: work('mysql'),
      ours: `${on('mysql').toFixed(1)} ms`,
      against: `the same on PostgreSQL, ${on('postgres').toFixed(1)} ms`,
      ratio: ratio.toFixed(2),
      reach: `at most ${MARIADB_LIMIT}`,
      reached: ratio <= MARIADB_LIMIT,
    });
  }
  printRows(rows);
};

void main();
