/** The way into a value of a record; of a list, its first entry is meant. */
export type WayIn = { field: string; isList: boolean }[];

/** How a record is made of a name and an address; `name` is null where the address is the name. */
export interface Filling {
  name: WayIn | null;
  address: WayIn;
}

/** The attributes of a content type or component, as far as they matter here. */
export type Fields = Readonly<
  Record<
    string,
    { type: string; required?: boolean; default?: unknown; component?: string; repeatable?: boolean }
  >
>;

/** Fields that hold a line of text. */
const TEXTS: ReadonlySet<string> = new Set(['string', 'text', 'email']);

/**
 * How a record of a contact type is made of a name and an address alone: each at the end of plain fields and
 * components, the address in the first of its fields where that is so. null when there is none, or when the record
 * needs more than these: a person then fills in its own form.
 */
export const contactFormOf = (
  fields: Fields,
  componentOf: (uid: string) => Fields,
  { nameField, addressFields }: { nameField: string; addressFields: readonly string[] }
): Filling | null => {
  const pathOf = (dotted: string) => pathTo(fields, componentOf, dotted.split('.'));
  const name = pathOf(nameField);
  if (!name) return null;
  for (const dotted of addressFields) {
    const address = pathOf(dotted);
    if (!address) continue;
    const form = { name: dotted === nameField ? null : name, address };
    if (isEnough(fields, componentOf, [name, address])) return form;
  }
  return null;
};

const pathTo = (
  fields: Fields,
  componentOf: (uid: string) => Fields,
  [field = '', ...rest]: string[]
): WayIn | null => {
  const attribute = fields[field];
  if (!attribute) return null;
  if (rest.length === 0) return TEXTS.has(attribute.type) ? [{ field, isList: false }] : null;
  if (attribute.type !== 'component' || attribute.component === undefined) return null;
  const inner = pathTo(componentOf(attribute.component), componentOf, rest);
  return inner && [{ field, isList: attribute.repeatable === true }, ...inner];
};

/** Whether every field that must be filled in is on one of these ways. */
const isEnough = (fields: Fields, componentOf: (uid: string) => Fields, paths: readonly WayIn[]): boolean =>
  Object.entries(fields).every(([field, { required, default: preset, component }]) => {
    const inner = paths.filter(([first]) => first?.field === field).map((path) => path.slice(1));
    if (inner.length === 0) return required !== true || preset !== undefined;
    return component === undefined || isEnough(componentOf(component), componentOf, inner);
  });
