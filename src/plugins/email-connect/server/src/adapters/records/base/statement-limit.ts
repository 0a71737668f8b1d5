import type { Strapi } from './strapi';

/** A statement of this size is taken by every database as it comes; a body may have 2 MB of text and 2 MB of HTML. */
const USUAL_BYTES = 2_000_000;
/** What is around the values. */
const FRAME_BYTES = 4_096;
/** `statementBytes` may be so wrong. */
const ESTIMATED = 0.95;

/**
 * How large a statement may be, in bytes. MariaDB and MySQL end the connection at a larger one, and nobody is told why: that
 * is not to be tried. Within a transaction, whose connection has the limit of when it was made.
 */
export const statementLimit = async (strapi: Strapi): Promise<{ usual: number; most: number }> => {
  if (strapi.db.dialect.client !== 'mysql') return { usual: USUAL_BYTES, most: Infinity };
  const [rows]: [{ bytes: number | string }[]] = await strapi.db.transaction(({ trx }) =>
    trx.raw('select @@session.max_allowed_packet as bytes')
  );
  const most = Math.floor(ESTIMATED * Number(rows[0]?.bytes ?? Infinity));
  return { usual: Math.min(USUAL_BYTES, most), most };
};

/** About what a row takes of a statement: as text, with what the driver escapes. */
export const statementBytes = (row: object): number => {
  const text = JSON.stringify(row);
  let quotes = 0;
  for (let at = text.indexOf("'"); at >= 0; at = text.indexOf("'", at + 1)) quotes += 1;
  return Buffer.byteLength(text) + quotes + FRAME_BYTES;
};

/** As the driver would say it, if it were told. */
export const tooLarge = (): Error =>
  Object.assign(new Error('A row is larger than a statement may be.'), { code: 'ER_NET_PACKET_TOO_LARGE' });

/** Rows in order, as many to a statement as it takes. Throws `tooLarge` for one that no statement takes. */
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
