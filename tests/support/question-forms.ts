/**
 * Forms of a filter that a query string can have, the path to the field in each: `[one_inbox][label]`. After them comes
 * the operator.
 */
export const filtersOf = (key: string): string[] => [
  `filters[0]${key}`,
  `filters[$and][0]${key}`,
  `filters[$or][0]${key}`,
  // As many as the parser does not make a list of any more.
  `filters[$or][900]${key}`,
  `filters[$or][0][$or][900]${key}`,
  `filters[$or][x]${key}`,
  `filters[$not]${key}`,
  `filters[$not][$not]${key}`,
  `filters[title][$or]${key}`,
  `where${key}`,
  `_where${key}`,
];

/** The same of an order by the field at the end of `path`; after them comes `asc` or `desc`. */
export const ordersOf = (path: readonly string[]): string[] => {
  const key = path.map((name) => `[${name}]`).join('');
  return [
    `sort=title,${path.join('.')}:`,
    `sort[0]=title,${path.join('.')}:`,
    `sort${key}=`,
    `sort[0]${key}=`,
    `sort[0]=%20&sort[1]${key}=`,
    `sort[0]=title&sort[1]${key}=`,
    `sort[0][title]=asc&sort[1][0]${key}=`,
    `orderBy${key}=`,
    `orderBy[0]${key}=`,
  ];
};

/** The same of an order in the body of a request. */
export const orderBodies = ([relation, field]: readonly [string, string]): ((
  by: 'asc' | 'desc'
) => unknown)[] => [
  (by) => `title:asc,${relation}.${field}:${by}`,
  (by) => [`${relation}.${field}:${by}`],
  (by) => ({ [relation]: { [field]: by } }),
  (by) => [{ [relation]: { [field]: by } }],
];
