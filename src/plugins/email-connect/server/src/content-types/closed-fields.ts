import { hiddenOptions } from './attributes';

interface Schema {
  pluginOptions: object;
  attributes: Record<string, object>;
}

/** Strapi adds these to every type. */
const ADDED = ['createdBy', 'updatedBy', 'localizations'];

/**
 * The Content Manager hands out the whole row of a record that a relation leads to, private fields included, and
 * filters and sorts by it; a site's own types may have relations to ours. So it is told for each type which fields it
 * leaves out wherever it meets them: of a type with screens of ours all, of any other the private ones.
 */
export const withClosedFields = <Type extends { schema: Schema }>({ schema }: Type) => {
  const { attributes, pluginOptions } = schema;
  const all = [...Object.keys(attributes), ...ADDED];
  const isPrivate = (name: string) => Reflect.get(Object(attributes[name]), 'private') === true;
  const closed = pluginOptions === hiddenOptions ? all : all.filter(isPrivate);
  const hidden = Object.fromEntries(closed.map((name) => [name, { hidden: true }]));
  const typed: Type['schema'] = schema;
  return { schema: { ...typed, config: { attributes: hidden } } };
};
