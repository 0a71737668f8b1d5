/** Why a database refuses a value every time: `characters` it cannot store, its `size`, or the `value` itself. */
export type DataRefusal = 'characters' | 'size' | 'value';

const CODES: Readonly<Record<string, DataRefusal>> = {
  // MariaDB and MySQL: utf8mb3 or latin1 and an emoji
  ER_TRUNCATED_WRONG_VALUE_FOR_FIELD: 'characters',
  ER_CANNOT_CONVERT_CHARACTER: 'characters',
  ER_INVALID_CHARACTER_STRING: 'characters',
  // max_allowed_packet, column and row
  ER_NET_PACKET_TOO_LARGE: 'size',
  ER_WARN_ALLOWED_PACKET_OVERFLOWED: 'size',
  ER_DATA_TOO_LONG: 'size',
  ER_TOO_BIG_ROWSIZE: 'size',
  ER_WARN_DATA_OUT_OF_RANGE: 'value',
  ER_TRUNCATED_WRONG_VALUE: 'value',
  ER_INVALID_JSON_TEXT: 'value',
  ER_CONSTRAINT_FAILED: 'value',
  ER_CHECK_CONSTRAINT_VIOLATED: 'value',
  // PostgreSQL: a character that the encoding of the database lacks, or an invalid one
  '22021': 'characters',
  '22P05': 'characters',
  '22001': 'size',
  '54000': 'size',
  '23514': 'value',
  // SQLite
  SQLITE_TOOBIG: 'size',
  SQLITE_MISMATCH: 'value',
  SQLITE_CONSTRAINT_CHECK: 'value',
};

/** PostgreSQL's class 22 is "data exception". */
const isDataException = (code: string): boolean => /^22[0-9A-Z]{3}$/.test(code);

/**
 * What a driver's error code says about the data itself; null for an error about the connection, a lock, disk space,
 * rights, another process or anything else that may be different the next time.
 */
export const dataRefusalOf = (code: string): DataRefusal | null =>
  CODES[code] ?? (isDataException(code) ? 'value' : null);

/** The next step for each refusal. */
export const nextStepAfter: Readonly<Record<DataRefusal, string>> = {
  characters:
    'Its tables cannot hold all characters, such as emoji: the administrator of the database converts them to utf8mb4 (PostgreSQL: UTF8). It is tried again by itself.',
  size: 'It is too large for the database: its administrator raises max_allowed_packet. It is tried again by itself.',
  value:
    'The administrator of the database looks at its log for what it has against it. It is tried again by itself.',
};
