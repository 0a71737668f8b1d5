import { contentsOf } from '../support/old-database';
import { onDatabases } from '../support/on-databases';
import type { DatabaseKind } from '../support/test-database';
import { copiesTests } from './migrations/copies.int.test';
import { evidenceTests } from './migrations/evidence.int.test';
import { startOld } from './migrations/harness';
import { holdingsTests } from './migrations/holdings.int.test';
import { oneInboxTests } from './migrations/one-inbox.int.test';
import { processesTests } from './migrations/processes.int.test';
import { ruleInboxTests } from './migrations/rule-inbox.int.test';
import { ruleLevelsTests } from './migrations/rule-levels.int.test';
import { safetyTests } from './migrations/safety.int.test';
import { standingTests } from './migrations/standing.int.test';
import { stepsTests } from './migrations/steps.int.test';
import { upgradeTests } from './migrations/upgrade.int.test';

const suite = (kind: DatabaseKind): void => {
  const database = startOld(kind, 'migrations');
  safetyTests(database);
  ruleInboxTests(database);
  stepsTests(database);
  processesTests(database, kind);
  // Last: it starts Strapi with the plugin.
  let before: Record<string, unknown[]> = {};
  beforeAll(
    async () => void (before = await contentsOf(database.strapi, ['ec_contact_links', 'ec_participants']))
  );
  upgradeTests(database);
  standingTests(database, () => before);
  evidenceTests(database);
  holdingsTests(database);
  oneInboxTests(database);
  ruleLevelsTests(database);
  copiesTests(database);
};

onDatabases('migrations', suite);
