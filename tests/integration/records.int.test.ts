import { describeWith } from '../support/services';
import type { DatabaseKind } from '../support/test-database';
import { contactsTests } from './records/contacts';
import { databaseTests } from './records/database';
import { startRecords } from './records/harness';
import { inboxesTests } from './records/inboxes';
import { loadFactsTests } from './records/load-facts';
import { outboxTests } from './records/outbox';
import { recordPassTests } from './records/record-pass';

/** One suite for every database: what holds on one must hold on all. */
const suite = (database: DatabaseKind) => () => {
  const ec = startRecords(database);
  recordPassTests(ec);
  loadFactsTests(ec);
  outboxTests(ec);
  contactsTests(ec);
  inboxesTests(ec);
  // Last: it starts Strapi again and empties the database.
  databaseTests(ec);
};

describe('records on SQLite', suite('sqlite'));
describeWith('postgres', 'records on PostgreSQL', suite('postgres'));
describeWith('mariadb', 'records on MariaDB', suite('mysql'));
