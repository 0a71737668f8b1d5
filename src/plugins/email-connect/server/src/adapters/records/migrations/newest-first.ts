import { findRows } from '../base/query-rows';
import type { Writer } from '../base/transaction';
import type { SteppedMigration } from './migration';

interface RowsAtOnce<Row> {
  uid: string;
  select: readonly (keyof Row & string)[];
  /** Of all rows without it. */
  where?: Record<string, unknown>;
  atOnce: number;
  work(writer: Writer, rows: readonly Row[]): Promise<void>;
}

/** The step of a migration through the rows of a table, those that were made last first: they are looked for first. */
export const newestFirst =
  <Row extends { id: number }>({
    uid,
    select,
    where = {},
    atOnce,
    work,
  }: RowsAtOnce<Row>): SteppedMigration['step'] =>
  async (writer, position) => {
    const rows = await findRows<Row>(writer.strapi, uid, {
      select: [...select],
      where: { ...where, ...(position === '' ? {} : { id: { $lt: Number(position) } }) },
      orderBy: { id: 'desc' },
      limit: atOnce,
    });
    await work(writer, rows);
    const last = rows.at(-1);
    return last && rows.length === atOnce ? String(last.id) : null;
  };
