import type { Core, UID } from '@strapi/strapi';
import { contentTypes } from '../../src/plugins/email-connect/server/src/content-types';

/** A content type of ours, and what is planted in it. */
export interface PlantedType {
  uid: UID.ContentType;
  /** Its private fields and, where nobody opens it in the Content Manager, every other field but relations. */
  kept: string[];
  /** documentIds: of the first row each field comes first in every order, of the second last. */
  rows: [string, string];
}

/** Stands in every field that nobody may read, and in no other. */
export const CANARY = 'canary4711';

interface Attribute {
  type: string;
  private?: boolean;
  required?: boolean;
  enum?: readonly string[];
}

const attributesOf = (schema: { attributes: object }): [string, Attribute][] =>
  Object.entries(schema.attributes).filter(([, { type }]) => type !== 'relation');

const isHidden = ({ pluginOptions }: { pluginOptions: object }): boolean =>
  'content-manager' in pluginOptions;

/** The value of a field in the row that comes first, and in the one that comes last. */
const plantedValues = ({ type, enum: words = [] }: Attribute, word: string): [unknown, unknown] => {
  if (type === 'json') return [{ planted: `a-${word}` }, { planted: `z-${word}` }];
  if (type === 'integer' || type === 'biginteger') return [471101, 471199];
  if (type === 'boolean') return [false, true];
  if (type === 'datetime') return [new Date('2004-07-11T01:00:00Z'), new Date('2004-07-11T09:00:00Z')];
  if (type === 'enumeration') return [words[0], words.at(-1)];
  if (type === 'email') return [`a-${word}@x.test`, `z-${word}@x.test`];
  return [`a-${word}`, `z-${word}`];
};

/** Two rows of each of our content types, with the canary in what nobody may read. */
export const plantRows = async (strapi: Core.Strapi): Promise<PlantedType[]> => {
  const planted: PlantedType[] = [];
  for (const [name, { schema }] of Object.entries(contentTypes)) {
    const uid = `plugin::email-connect.${name}` as UID.ContentType;
    const attributes = attributesOf(schema);
    const kept = attributes.filter(([, { private: isPrivate }]) => isPrivate === true || isHidden(schema));
    const row = async (which: 0 | 1) => {
      const data = Object.fromEntries(
        attributes.map(([field, attribute]) => [
          field,
          plantedValues(attribute, kept.some(([of]) => of === field) ? CANARY : 'open')[which],
        ])
      );
      const { documentId } = await strapi.db.query(uid).create({ data });
      return String(documentId);
    };
    planted.push({ uid, kept: kept.map(([field]) => field), rows: [await row(0), await row(1)] });
  }
  return planted;
};
