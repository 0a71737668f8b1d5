import type { Service } from './services';
import type { DatabaseKind } from './test-database';

const all: [DatabaseKind, Service[]][] = [
  ['sqlite', ['dovecot', 'postfix']],
  ['postgres', ['dovecot', 'postfix', 'postgres']],
  ['mysql', ['dovecot', 'postfix', 'mariadb']],
];

/** `npm run test:sending` plays every point on every database; without it the slow ones are played on SQLite. */
export const isWholeMatrix = process.env.SENDING_MATRIX === '1';

export const everyDatabase = all;
export const databasesOfTheSlow = isWholeMatrix ? all : all.slice(0, 1);
