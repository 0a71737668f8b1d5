import type { Service } from './services';

/** Where several processes share one database. */
export const sharedDatabases: ['postgres' | 'mysql', Service][] = [
  ['postgres', 'postgres'],
  ['mysql', 'mariadb'],
];

/** `npm run test:processes` plays clocks and news on both; without it they are played on PostgreSQL. */
export const sharedDatabasesOfTheSlow =
  process.env.PROCESSES_MATRIX === '1' ? sharedDatabases : sharedDatabases.slice(0, 1);
