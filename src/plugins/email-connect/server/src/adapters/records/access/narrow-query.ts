/** Parameters of Strapi's query engine. */
export type QueryParams = Record<string, unknown>;

/** What a narrowed query has to know. */
export interface Narrowing {
  /** The type behind a relation or a component; undefined for any other attribute. */
  targetOf(uid: string, attribute: string): string | undefined;
  relationsOf(uid: string): string[];
  /** The condition on rows of a type; null for a type whose rows are all shown. */
  conditionOn(uid: string): QueryParams | null;
}

/** The query for rows that may be shown alone, also wherever it goes through relations. */
export const narrowQuery = (by: Narrowing, uid: string, params: QueryParams): QueryParams => {
  const { where, populate, orderBy } = params;
  const condition = by.conditionOn(uid);
  const conditions = [...(where === undefined ? [] : [narrowWhere(by, uid, where)]), condition].filter(
    (one) => one !== null
  );
  return {
    ...params,
    ...(conditions.length === 0 ? {} : { where: { $and: conditions } }),
    ...(populate === undefined ? {} : { populate: narrowPopulate(by, uid, populate) }),
    ...(orderBy === undefined ? {} : { orderBy: narrowOrder(by, uid, orderBy) }),
  };
};

/** Each relation stands by itself: of two that hold an `$and`, Strapi's query engine would keep one, and lose what stands beside. */
const narrowWhere = (by: Narrowing, uid: string, where: unknown): unknown => {
  if (Array.isArray(where)) return where.map((one) => narrowWhere(by, uid, one));
  if (!isParams(where)) return where;
  const isRelation = (key: string): boolean => by.targetOf(uid, key) !== undefined;
  const others = Object.entries(where).filter(([key]) => !isRelation(key));
  const relations = Object.entries(where).filter(([key]) => isRelation(key));
  const plain = Object.fromEntries(others.map(([key, value]) => [key, narrowWhere(by, uid, value)]));
  if (relations.length === 0) return plain;
  const narrowed = relations.map(([key, value]) => ({ [key]: narrowRelation(by, uid, key, value) }));
  return { $and: [...(others.length === 0 ? [] : [plain]), ...narrowed] };
};

const narrowRelation = (by: Narrowing, uid: string, key: string, value: unknown): unknown => {
  const target = by.targetOf(uid, key) ?? '';
  const condition = by.conditionOn(target);
  if (isNone(value)) return value;
  if (!condition) return narrowWhere(by, target, value);
  return { $and: [isAboutId(value) ? { id: value } : narrowWhere(by, target, value), condition] };
};

/** That there is no related row, which tells nothing of any. */
const isNone = (value: unknown): boolean =>
  value === null ||
  (isParams(value) && (Boolean(value.$null) || value.$eq === null || value.$notNull === false));

const GROUPS: ReadonlySet<string> = new Set(['$and', '$or']);

/** An id, a list of them, or what is compared with the id, such as `$in`. */
const isAboutId = (value: unknown): boolean =>
  !isParams(value) || Object.keys(value).some((key) => key.startsWith('$') && !GROUPS.has(key));

const narrowPopulate = (by: Narrowing, uid: string, populate: unknown): unknown => {
  if (populate === false || populate === null) return populate;
  return mapped(asTree(populate === true ? by.relationsOf(uid) : populate), (value, name) => {
    const target = by.targetOf(uid, name);
    return target === undefined ? narrowZone(by, value) : narrowRelated(by, target, value);
  });
};

/** A dynamic zone is asked with a query for each of its components. */
const narrowZone = (by: Narrowing, value: unknown): unknown =>
  isParams(value) && isParams(value.on)
    ? { ...value, on: mapped(value.on, (inner, component) => narrowRelated(by, component, inner)) }
    : value;

const narrowRelated = (by: Narrowing, uid: string, value: unknown): unknown => {
  if (value === false) return value;
  const params = isParams(value) ? value : {};
  const narrowed = narrowQuery(by, uid, params);
  return value === true && Object.keys(narrowed).length === 0 ? value : narrowed;
};

/** The query engine takes `a.b`, lists of such paths, and objects. */
const asTree = (populate: unknown): QueryParams => {
  if (isParams(populate)) return populate;
  const tree: QueryParams = {};
  for (const path of [populate].flat()) {
    const [name = '', ...rest] = String(path).split('.');
    const before = isParams(tree[name]) ? tree[name] : {};
    tree[name] =
      rest.length === 0
        ? before
        : { populate: { ...asTree(before.populate ?? []), ...asTree([rest.join('.')]) } };
  }
  return tree;
};

/** An order by what is behind a relation would tell of rows that are not shown. */
const narrowOrder = (by: Narrowing, uid: string, orderBy: unknown): unknown => {
  if (Array.isArray(orderBy)) return orderBy.map((one) => narrowOrder(by, uid, one));
  if (!isParams(orderBy)) return orderBy;
  return Object.fromEntries(
    Object.entries(orderBy).flatMap(([key, value]) => {
      const target = by.targetOf(uid, key);
      if (target === undefined) return [[key, value]];
      return by.conditionOn(target) ? [] : [[key, narrowOrder(by, target, value)]];
    })
  );
};

const mapped = (params: QueryParams, change: (value: unknown, key: string) => unknown): QueryParams =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [key, change(value, key)]));

/** Not the query builders and dates that conditions may hold. */
const isParams = (value: unknown): value is QueryParams =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
