import { describeWith } from '../support/services';
import type { DatabaseKind } from '../support/test-database';
import { begunThreadsTests } from './records/begun-threads';
import { contactsTests } from './records/contacts';
import { databaseTests } from './records/database';
import { factsTests } from './records/facts';
import { foldersTests } from './records/folders';
import { startRecords } from './records/harness';
import { inboxesTests } from './records/inboxes';
import { loadFactsTests } from './records/load-facts';
import { noticesTests } from './records/notices';
import { outboxTests } from './records/outbox';
import { outboxAttentionTests } from './records/outbox-attention';
import { outboxClaimsTests } from './records/outbox-claims';
import { recordPassTests } from './records/record-pass';
import { unlogTests } from './records/unlog';
import { upkeepTests } from './records/upkeep';

/** One suite for every database: what holds on one must hold on all. */
const suite = (database: DatabaseKind) => () => {
  const ec = startRecords(database);
  recordPassTests(ec);
  begunThreadsTests(ec);
  noticesTests(ec);
  loadFactsTests(ec);
  factsTests(ec);
  outboxTests(ec);
  outboxClaimsTests(ec);
  outboxAttentionTests(ec);
  contactsTests(ec);
  inboxesTests(ec);
  foldersTests(ec);
  upkeepTests(ec);
  unlogTests(ec);
  // Last: it starts Strapi again and empties the database.
  databaseTests(ec);
};

describe('records on SQLite', suite('sqlite'));
describeWith('postgres', 'records on PostgreSQL', suite('postgres'));
describeWith('mariadb', 'records on MariaDB', suite('mysql'));
