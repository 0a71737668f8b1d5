import type { Strapi } from './strapi';

/** Every database takes a statement of this size by default; a body may have 2 MB of text and 2 MB of HTML. */
const USUAL_BYTES = 2_000_000;
/** Bytes of a statement besides the values. */
const FRAME_BYTES = 4_096;
/** How much of the limit may be used, since `statementBytes` only estimates. */
const ESTIMATED = 0.95;

/**
 * The largest statement, in bytes. MariaDB and MySQL close the connection at a larger one, without a reason: it must
 * not be tried. Asked within a transaction: its connection keeps the limit from when it was made.
 */
export const statementLimit = async (strapi: Strapi): Promise<{ usual: number; most: number }> => {
  if (strapi.db.dialect.client !== 'mysql') return { usual: USUAL_BYTES, most: Infinity };
  const [rows]: [{ bytes: number | string }[]] = await strapi.db.transaction(({ trx }) =>
    trx.raw('select @@session.max_allowed_packet as bytes')
  );
  const most = Math.floor(ESTIMATED * Number(rows[0]?.bytes ?? Infinity));
  return { usual: Math.min(USUAL_BYTES, most), most };
};

/** About how many bytes a row takes in a statement: as text, with the characters that the driver escapes. */
export const statementBytes = (row: object): number => {
  const text = JSON.stringify(row);
  let quotes = 0;
  for (let at = text.indexOf("'"); at >= 0; at = text.indexOf("'", at + 1)) quotes += 1;
  return Buffer.byteLength(text) + quotes + FRAME_BYTES;
};

/** The error that the driver would give, if the database said why. */
export const tooLarge = (): Error =>
  Object.assign(new Error('A row is larger than a statement may be.'), { code: 'ER_NET_PACKET_TOO_LARGE' });

/** Splits rows, in order, into statements within the limit. Throws `tooLarge` for a row that no statement can hold. */
export const inStatements = <Row extends object>(
  rows: readonly Row[],
  { usual, most }: { usual: number; most: number }
): Row[][] => {
  const statements: Row[][] = [];
  let room = 0;
  for (const row of rows) {
    const size = statementBytes(row);
    if (size > most) throw tooLarge();
    const last = statements.at(-1);
    if (last && size <= room) last.push(row);
    else {
      statements.push([row]);
      room = usual;
    }
    room -= size;
  }
  return statements;
};
