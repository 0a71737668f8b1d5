import { inParts } from './in-parts';
import type { Strapi } from './strapi';

type Params = Parameters<ReturnType<Strapi['db']['query']>['findMany']>[0];
type Row = Record<string, unknown>;

/** Rows as the query engine maps them: camel case, JSON parsed, times as ISO text, big integers as text. */
export const findRows = async <Found>(strapi: Strapi, uid: string, params: Params): Promise<Found[]> =>
  strapi.db.query(uid).findMany(params);

export const findRow = async <Found>(strapi: Strapi, uid: string, params: Params): Promise<Found | null> =>
  strapi.db.query(uid).findOne(params);

/** The rows whose `column` holds one of `values`, in as few queries as the databases allow. */
export const findRowsIn = async <Found>(
  strapi: Strapi,
  uid: string,
  column: string,
  values: readonly (string | number)[],
  params: NonNullable<Params> = {}
): Promise<Found[]> => {
  const found: Found[] = [];
  for (const some of inParts([...new Set(values)])) {
    const where = { ...params.where, [column]: { $in: some } };
    found.push(...(await findRows<Found>(strapi, uid, { ...params, where })));
  }
  return found;
};

/** The row ids of existing records, by their documentIds. */
export const rowIdsOf = async (
  strapi: Strapi,
  uid: string,
  documentIds: readonly string[],
  where: Row = {}
): Promise<Map<string, number>> => {
  const rows = await findRowsIn<{ id: number; documentId: string }>(strapi, uid, 'documentId', documentIds, {
    select: ['id', 'documentId'],
    where,
  });
  return new Map(rows.map(({ id, documentId }) => [documentId, id]));
};

export const insertRows = async (strapi: Strapi, uid: string, rows: Row[]): Promise<void> => {
  if (rows.length > 0) await strapi.db.query(uid).createMany({ data: rows });
};

export const deleteRows = async (strapi: Strapi, uid: string, where: Row): Promise<void> => {
  await strapi.db.query(uid).deleteMany({ where });
};

/** Deletes the rows whose `column` holds one of `values`. */
export const deleteRowsIn = async (
  strapi: Strapi,
  uid: string,
  column: string,
  values: readonly (string | number)[]
): Promise<void> => {
  for (const some of inParts(values)) await deleteRows(strapi, uid, { [column]: { $in: some } });
};

/** Deletes rows that were found by a query before. */
export const deleteFound = (strapi: Strapi, uid: string, rows: readonly { id: number }[]): Promise<void> =>
  deleteRowsIn(
    strapi,
    uid,
    'id',
    rows.map(({ id }) => id)
  );

/** The number of rows that matched. */
export const updateRows = async (strapi: Strapi, uid: string, where: Row, data: Row): Promise<number> =>
  (await strapi.db.query(uid).updateMany({ where, data })).count;
