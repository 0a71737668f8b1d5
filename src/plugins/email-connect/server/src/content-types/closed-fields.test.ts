import { contentTypes } from '.';
import { hiddenOptions } from './attributes';

/** What Strapi leaves out of a type wherever the Content Manager meets one of its records. */
const closedOf = ({ config }: { config: { attributes: object } }): string[] => Object.keys(config.attributes);

describe('the fields of our content types in the Content Manager', () => {
  const types = Object.entries(contentTypes).map(([name, { schema }]) => ({ name, schema }));

  test('S36: of every type its private fields are closed', () => {
    for (const { name, schema } of types)
      for (const [field, attribute] of Object.entries<object>(schema.attributes))
        if (Reflect.get(attribute, 'private') === true)
          expect([name, closedOf(schema)]).toEqual([name, expect.arrayContaining([field])]);
  });

  test('S33: of a type that only our own screens show, every field is closed, and what Strapi adds to it', () => {
    const ours = types.filter(({ schema }) => schema.pluginOptions === hiddenOptions);
    expect(ours.map(({ name }) => name)).toEqual(['email-thread', 'email-message', 'attachment', 'inbox']);
    for (const { schema } of ours)
      expect(closedOf(schema)).toEqual([
        ...Object.keys(schema.attributes),
        'createdBy',
        'updatedBy',
        'localizations',
      ]);
  });

  test('of a type that people edit there, nothing else is closed', () => {
    for (const { schema } of types.filter(({ schema: { pluginOptions } }) => pluginOptions !== hiddenOptions))
      expect(closedOf(schema)).toEqual([]);
  });

  test('S36: what people edit there leads to no record of a type that only our own screens show', () => {
    for (const { schema } of types.filter(({ schema: { pluginOptions } }) => pluginOptions !== hiddenOptions))
      for (const attribute of Object.values<object>(schema.attributes))
        expect(Reflect.get(attribute, 'target')).toBeUndefined();
  });
});
