import { nowMs } from './instants';
import type { Strapi } from './strapi';

test('P2: the clock that all processes share knows no local time: on one night a year that jumps by an hour and back', () => {
  const strapi = { db: { dialect: { client: 'mysql' } } } as unknown as Strapi;
  expect(nowMs(strapi)).toContain('utc_timestamp(3)');
  expect(nowMs(strapi)).not.toMatch(/\bnow\(|unix_timestamp|current_timestamp/);
});
