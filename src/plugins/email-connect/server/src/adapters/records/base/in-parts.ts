/** Limited by SQLite's and PostgreSQL's number of parameters, with room for the rest of a query. */
const VALUES_AT_ONCE = 500;

/** Values, in order, in lists that one statement can name. */
export const inParts = <Value>(values: readonly Value[]): Value[][] =>
  Array.from({ length: Math.ceil(values.length / VALUES_AT_ONCE) }, (_, part) =>
    values.slice(part * VALUES_AT_ONCE, (part + 1) * VALUES_AT_ONCE)
  );
