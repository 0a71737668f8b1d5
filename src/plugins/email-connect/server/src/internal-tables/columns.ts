// Every call makes a new object: Strapi writes the column's name into it.

/** A string column of exactly that length, so that it can stand in a composite index on every database. */
export const code = (length: number) => ({
  type: 'string' as const,
  columnType: { type: 'string', args: [length] },
});

/** 128 bits of SHA-256 in hex. */
export const hash = () => code(32);

export const documentId = () => code(64);

/** A content type's uid. */
export const contentTypeUid = () => code(191);

export const text = () => ({ type: 'text' as const });
export const json = () => ({ type: 'json' as const });
export const flag = () => ({ type: 'boolean' as const });
export const integer = () => ({ type: 'integer' as const });

/** A UID reaches 2^32 - 1 (RFC 3501 2.3.1.1), more than a signed integer column holds. */
export const bigInteger = () => ({ type: 'biginteger' as const });

/** Milliseconds since 1970: SQL compares and adds them alike on every database. */
export const instant = bigInteger;

/** A time that a content type keeps too, in the same column type. */
export const datetime = () => ({ type: 'datetime' as const });

/** A plain table: no documentId, no content API, no Content Manager, no export, no webhook. */
export const internalTable = <Columns extends object>(name: string, tableName: string, columns: Columns) => ({
  uid: `email-connect::${name}`,
  singularName: name,
  tableName,
  attributes: { id: { type: 'increments' as const }, ...columns },
});
