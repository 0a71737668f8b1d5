import { judgeEarlier } from '../people/judge-earlier';
import type { StartMigration } from './migration';

/** Since 0.2 an address shows mail on a record only where it counts (S41). */
export const addressesCount: StartMigration = {
  number: 5,
  name: 'addresses count',
  phase: 'after-schema',
  up: async ({ strapi, assertLock }) => {
    await assertLock();
    await judgeEarlier(strapi);
  },
};
