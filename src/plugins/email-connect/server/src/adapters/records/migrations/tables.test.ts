import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contentTypes } from '../../../content-types';
import { internalTables } from '../../../internal-tables';
import { migrations } from './list';

const file = path.resolve(__dirname, '../../../../../../../../tests/fixtures/tables.json');

/** What makes a column or a join table; not what only rules its values. */
const SHAPE = ['type', 'columnType', 'relation', 'target', 'useJoinTable', 'inversedBy', 'mappedBy'];

const shapeOf = (attribute: object): string =>
  SHAPE.flatMap((key) => {
    const value: unknown = Reflect.get(attribute, key);
    return value === undefined ? [] : [typeof value === 'object' ? JSON.stringify(value) : String(value)];
  }).join(' ');

const shapesOf = (attributes: object): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, shapeOf(attribute)]));

const tables = {
  newestMigration: migrations.at(-1)?.number ?? 0,
  tables: Object.fromEntries([
    ...Object.values(contentTypes).map(({ schema }) => [schema.collectionName, shapesOf(schema.attributes)]),
    ...internalTables.map(({ tableName, attributes }) => [tableName, shapesOf(attributes)]),
  ]),
};

describe('migrations', () => {
  it('are numbered 1, 2, 3 in their order', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
  });

  it('a change of the tables has a number, which an older version refuses: see "To change a table" in CONTRIBUTING.md', () => {
    if (process.env.UPDATE_TABLES === '1') writeFileSync(file, `${JSON.stringify(tables, null, 1)}\n`);

    expect(tables).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('every table of ours has the one prefix', () => {
    expect(Object.keys(tables.tables).filter((name) => !name.startsWith('email_connect_'))).toEqual([]);
  });
});
