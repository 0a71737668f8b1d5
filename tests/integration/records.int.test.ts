import { describeWith } from '../support/services';
import type { DatabaseKind } from '../support/test-database';
import { begunThreadsTests } from './records/begun-threads';
import { contactsTests } from './records/contacts';
import { databaseTests } from './records/database';
import { factsTests } from './records/facts';
import { filesTests } from './records/files';
import { foldersTests } from './records/folders';
import { startRecords } from './records/harness';
import { inboxesTests } from './records/inboxes';
import { sharedInboxesTests } from './records/shared-inboxes';
import { loadFactsTests } from './records/load-facts';
import { newsTests } from './records/news';
import { noticesTests } from './records/notices';
import { outboxTests } from './records/outbox';
import { outboxAttentionTests } from './records/outbox-attention';
import { outboxClaimsTests } from './records/outbox-claims';
import { lossTests } from './records/losses';
import { recordPassTests } from './records/record-pass';
import { threadPagesTests } from './records/thread-pages';
import { unlogTests } from './records/unlog';
import { upkeepTests } from './records/upkeep';

/** One suite for every database: what holds on one must hold on all. */
const suite = (database: DatabaseKind) => () => {
  const ec = startRecords(database);
  recordPassTests(ec);
  lossTests(ec);
  begunThreadsTests(ec);
  noticesTests(ec);
  loadFactsTests(ec);
  factsTests(ec);
  outboxTests(ec);
  outboxClaimsTests(ec);
  outboxAttentionTests(ec);
  contactsTests(ec);
  threadPagesTests(ec);
  inboxesTests(ec);
  sharedInboxesTests(ec);
  foldersTests(ec);
  filesTests(ec);
  upkeepTests(ec);
  unlogTests(ec);
  newsTests(ec);
  // Last: it starts Strapi again and empties the database.
  databaseTests(ec);
};

describe('records on SQLite', suite('sqlite'));
describeWith('postgres', 'records on PostgreSQL', suite('postgres'));
describeWith('mariadb', 'records on MariaDB', suite('mysql'));
