import { describeWith } from '../support/services';
import type { DatabaseKind } from '../support/test-database';
import { startOld } from './migrations/harness';
import { oneInboxTests } from './migrations/one-inbox';
import { processesTests } from './migrations/processes';
import { safetyTests } from './migrations/safety';
import { stepsTests } from './migrations/steps';
import { upgradeTests } from './migrations/upgrade';

const suite = (kind: DatabaseKind) => () => {
  const database = startOld(kind, 'migrations');
  safetyTests(database);
  stepsTests(database);
  processesTests(database, kind);
  // Last: it starts Strapi with the plugin.
  upgradeTests(database);
  oneInboxTests(database);
};

describe('migrations on SQLite', suite('sqlite'));
describeWith('postgres', 'migrations on PostgreSQL', suite('postgres'));
describeWith('mariadb', 'migrations on MariaDB', suite('mysql'));
