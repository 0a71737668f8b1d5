import { onDatabases } from '../support/on-databases';
import type { DatabaseKind } from '../support/test-database';
import { begunThreadsTests } from './records/begun-threads.int.test';
import { contactsTests } from './records/contacts.int.test';
import { databaseTests } from './records/database.int.test';
import { factsTests } from './records/facts.int.test';
import { filesTests } from './records/files.int.test';
import { foldersTests } from './records/folders.int.test';
import { startRecords } from './records/harness';
import { inboxesTests } from './records/inboxes.int.test';
import { sharedInboxesTests } from './records/shared-inboxes.int.test';
import { loadFactsTests } from './records/load-facts.int.test';
import { newsTests } from './records/news.int.test';
import { noticesTests } from './records/notices.int.test';
import { outboxTests } from './records/outbox.int.test';
import { outboxAttentionTests } from './records/outbox-attention.int.test';
import { outboxClaimsTests } from './records/outbox-claims.int.test';
import { lossTests } from './records/losses.int.test';
import { recordPassTests } from './records/record-pass.int.test';
import { threadPagesTests } from './records/thread-pages.int.test';
import { unlogTests } from './records/unlog.int.test';
import { upkeepTests } from './records/upkeep.int.test';

const suite = (database: DatabaseKind): void => {
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

onDatabases('records', suite);
