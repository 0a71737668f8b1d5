import { nowMs } from './instants';
import type { Strapi } from './strapi';
import { databaseFailure } from './failures';
import { unlessSilent } from './silence';
import { usually } from './transaction-limits';

/** The time of the database's clock, in ms. */
export const databaseTime = (strapi: Strapi) => async (): Promise<number> => {
  const { connection } = strapi.db;
  const row: { at_ms: string | number } | undefined = await unlessSilent(
    connection,
    usually.silenceMs,
    async () => connection.first(connection.raw(`${nowMs(strapi)} as at_ms`))
  ).catch((error: unknown) => {
    throw databaseFailure(error);
  });
  return Number(row?.at_ms);
};
