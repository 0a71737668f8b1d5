import type { DatabaseKind } from '../../tests/support/test-database';
import { databaseNames, databases, startContactPages } from '../contact-pages';
import { copyMail, plantMail } from '../plant-mail';
import { median, printRows, seconds, timed } from '../report';
import type { Row } from '../report';

const OWN = 10_000;
const OF_EACH_OTHER = 1_000;
const OTHERS = Number(process.env.BENCH_LARGE ?? 1_000_000) / OF_EACH_OTHER;
const ROUNDS = 200;
const LIMIT = 1.5;

const small = { recipients: 1, bodyLength: 200 };

/** The same contact's page beside the mail of one other contact, and of very many. */
const measure = async (database: DatabaseKind): Promise<Row> => {
  const pages = await startContactPages(database);
  try {
    const { strapi } = pages;
    const contact = await pages.addContact('cleo@customer.example');
    await plantMail(strapi, contact, 'cleo@customer.example', 1, { ...small, messages: OWN, threads: OWN });
    const other = { contactType: contact.contactType, documentId: 'other' };
    const planted = await plantMail(strapi, other, 'other0@customer.example', 1 + OWN, {
      ...small,
      messages: OF_EACH_OTHER,
      threads: OF_EACH_OTHER,
    });
    const open = async () => {
      await pages.analyze();
      return median(await pages.open('restricted', contact, OWN, ROUNDS));
    };
    const fewMs = await open();
    const fillMs = await timed(async () => {
      for (let n = 1; n < OTHERS; n += 1)
        await copyMail(strapi, planted, `other${n}@customer.example`, planted.first + n * OF_EACH_OTHER);
    });
    console.log(`${databaseNames[database]}: the mail of the others was planted in ${seconds(fillMs)}`);
    const manyMs = await open();
    const ratio = manyMs / fewMs;
    return {
      work: `a page of the conversations of a contact with 10,000 messages beside ${(OTHERS * OF_EACH_OTHER).toLocaleString('en-US')} of others, on ${databaseNames[database]}`,
      ours: `${manyMs.toFixed(1)} ms`,
      against: `beside ${OF_EACH_OTHER.toLocaleString('en-US')} of others ${fewMs.toFixed(1)} ms`,
      ratio: ratio.toFixed(2),
      reach: `at most ${LIMIT}`,
      reached: ratio <= LIMIT,
    };
  } finally {
    await pages.stop();
  }
};

const main = async (): Promise<void> => {
  const rows: Row[] = [];
  for (const database of databases) rows.push(await measure(database));
  printRows(rows);
};

void main();
