import type { Strapi } from './strapi';

type Params = Parameters<ReturnType<Strapi['db']['query']>['findMany']>[0];
type Row = Record<string, unknown>;

/** Limited by SQLite's and PostgreSQL's number of parameters, with room for the rest of a query. */
const IN_LIST = 500;

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
  const wanted = [...new Set(values)];
  const found: Found[] = [];
  for (let start = 0; start < wanted.length; start += IN_LIST) {
    const where = { ...params.where, [column]: { $in: wanted.slice(start, start + IN_LIST) } };
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
  for (let start = 0; start < values.length; start += IN_LIST) {
    await deleteRows(strapi, uid, { [column]: { $in: values.slice(start, start + IN_LIST) } });
  }
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
