import { describeWith } from './services';
import type { DatabaseKind } from './test-database';

/** One suite for every database that is there: what holds on one must hold on all. */
export const onDatabases = (name: string, suite: (database: DatabaseKind) => void): void => {
  describe(`${name} on SQLite`, () => suite('sqlite'));
  describeWith('postgres', `${name} on PostgreSQL`, () => suite('postgres'));
  describeWith('mariadb', `${name} on MariaDB`, () => suite('mysql'));
};

/**
 * The same for one part of a suite, where jest was asked for the part's `file`. Within the whole suite, which shares
 * one Strapi among its parts, it does nothing.
 */
export const onDatabasesAlone = (
  file: string,
  name: string,
  suite: (database: DatabaseKind) => void
): void => {
  if (expect.getState().testPath === file) onDatabases(name, suite);
};
