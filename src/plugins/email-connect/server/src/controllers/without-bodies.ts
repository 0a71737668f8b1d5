/** What this module needs of a content type. */
export interface ContentTypeShape {
  attributes: Record<string, { type: string; target?: string; private?: boolean }>;
}

/** A sanitised query of Strapi's REST API. */
export type RestQuery = Record<string, unknown>;

const MESSAGE = 'plugin::email-connect.email-message';
const RELATED: ReadonlySet<string> = new Set(['relation', 'component', 'media', 'dynamiczone']);

/**
 * The query, changed so that no list, and no relation, brings bodies of mail (S47): a conversation of a thousand
 * mails would be read for one answer. Bodies are private, and Strapi refuses to name a private field before this.
 * `isList`: the answer itself is a list.
 */
export const withoutBodies = (
  shapeOf: (uid: string) => ContentTypeShape | undefined,
  uid: string,
  query: RestQuery,
  isList: boolean
): RestQuery => ({
  ...query,
  ...(uid === MESSAGE && isList ? { fields: fieldsWithoutBodies(shapeOf(uid), query.fields) } : {}),
  ...(query.populate === undefined ? {} : { populate: populated(shapeOf, uid, query.populate) }),
});

const populated = (
  shapeOf: (uid: string) => ContentTypeShape | undefined,
  uid: string,
  populate: unknown
): RestQuery =>
  Object.fromEntries(
    Object.entries(asObject(populate)).map(([name, value]) => {
      const target = shapeOf(uid)?.attributes[name]?.target;
      const isLeftOut = value === false || value === 'false';
      if (target === undefined || isLeftOut) return [name, value];
      return [name, withoutBodies(shapeOf, target, isQuery(value) ? value : {}, true)];
    })
  );

/** Strapi accepts `a.b`, a list of such paths, and objects. */
const asObject = (populate: unknown): RestQuery => {
  if (isQuery(populate)) return populate;
  const paths = (Array.isArray(populate) ? populate : [populate]).flatMap((path) => String(path).split(','));
  const wanted: RestQuery = {};
  for (const path of paths) {
    const [name = '', ...rest] = path.trim().split('.');
    const before = isQuery(wanted[name]) ? wanted[name] : {};
    const deeper =
      rest.length === 0
        ? {}
        : { populate: { ...asObject(before.populate ?? []), ...asObject(rest.join('.')) } };
    wanted[name] = { ...before, ...deeper };
  }
  delete wanted[''];
  return wanted;
};

const isQuery = (value: unknown): value is RestQuery =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsWithoutBodies = (shape: ContentTypeShape | undefined, fields: unknown): string[] => {
  const asked = (Array.isArray(fields) ? fields : [fields ?? '*'])
    .flatMap((field) => String(field).split(','))
    .map((field) => field.trim());
  if (!asked.includes('*')) return asked;
  return Object.entries(shape?.attributes ?? {})
    .filter(([, attribute]) => !RELATED.has(attribute.type) && !attribute.private)
    .map(([name]) => name);
};
