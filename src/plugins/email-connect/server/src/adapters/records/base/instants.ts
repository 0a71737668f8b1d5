import { EmailConnectError } from '../../../domain/errors';
import type { Strapi } from './strapi';

/** A column of milliseconds as ISO text; the query engine hands big integers out as text. */
export const isoOf = (instant: string | number | null): string | null =>
  instant === null ? null : new Date(Number(instant)).toISOString();

/** ISO text as a column of milliseconds. */
export const instantOf = (iso: string | null | undefined): number | null => (iso ? Date.parse(iso) : null);

const NOW_MS: Record<string, string> = {
  sqlite: "cast((julianday('now') - 2440587.5) * 86400000 as integer)",
  postgres: 'cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)',
  // Not unix_timestamp(now(3)), which depends on the session's time zone: where summer time ends, an hour comes
  // twice.
  mysql: "cast(timestampdiff(microsecond, '1970-01-01', utc_timestamp(3)) div 1000 as signed)",
};

/** Now, in milliseconds, by the database's clock, which all processes share. */
export const nowMs = (strapi: Strapi): string => {
  const expression = NOW_MS[strapi.db.dialect.client];
  if (expression !== undefined) return expression;
  throw new EmailConnectError(
    'UNEXPECTED',
    `Email Connect does not know the database client "${strapi.db.dialect.client}".`,
    'Use SQLite, PostgreSQL, MySQL or MariaDB.'
  );
};
