import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { Strapi } from '../base/strapi';

/** A content type whose records are contacts, from the plugin's configuration. */
export interface ContactType {
  uid: string;
  nameField: string;
  /** Dots lead into components, repeatable components and JSON. */
  addressFields: string[];
}

export interface KnownContact extends LinkedContact {
  name: string;
  addresses: string[];
}

/** The configured types that exist: a type may be removed before its configuration is. */
export const contactTypesOf = (strapi: Strapi): ContactType[] =>
  strapi.config
    .get<ContactType[]>('plugin::email-connect.contactTypes', [])
    .filter(({ uid }) => uid in strapi.contentTypes);

/** The populate that a record's name and addresses need. */
export const populateOf = (strapi: Strapi, { uid, nameField, addressFields }: ContactType): Populate => {
  const populate: Populate = {};
  for (const path of [nameField, ...addressFields]) addToPopulate(strapi, populate, uid, path.split('.'));
  return populate;
};

type Populate = { [attribute: string]: { populate: Populate } };

const addToPopulate = (strapi: Strapi, populate: Populate, uid: string, [first, ...rest]: string[]): void => {
  if (first === undefined || rest.length === 0 || !strapi.db.metadata.has(uid)) return;
  const attribute = strapi.db.metadata.get(uid).attributes[first];
  if (attribute?.type !== 'relation' || !('target' in attribute)) return;
  const inner = (populate[first] ??= { populate: {} }).populate;
  addToPopulate(strapi, inner, attribute.target, rest);
};

/**
 * One contact from all rows of its record: the draft where there is one, as editors see it, else the published row;
 * the addresses of every language. null when there is no row.
 */
export const toContact = (
  { uid, nameField, addressFields }: ContactType,
  documentId: string,
  rows: readonly Record<string, unknown>[]
): KnownContact | null => {
  const drafts = rows.filter(({ publishedAt }) => publishedAt === null);
  const versions = drafts.length > 0 ? drafts : rows;
  if (versions.length === 0) return null;
  const [name] = versions.flatMap((row) => textsAt(row, nameField.split('.')));
  const addresses = versions.flatMap((row) => addressFields.flatMap((path) => textsAt(row, path.split('.'))));
  return {
    contactType: uid,
    documentId,
    name: name ?? '',
    addresses: [...new Set(addresses.flatMap(addressesIn))],
  };
};

/** Rows of records, by their documents. */
export const groupByDocument = (
  rows: readonly Record<string, unknown>[]
): Map<string, Record<string, unknown>[]> => {
  const groups = new Map<string, Record<string, unknown>[]>();
  for (const row of rows) {
    const documentId = String(row.documentId);
    groups.set(documentId, [...(groups.get(documentId) ?? []), row]);
  }
  return groups;
};

/** A field may hold several addresses, one a line or separated by commas. */
const addressesIn = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word.includes('@'));

/** All texts at the end of a path, through lists on the way; other values are left out. */
const textsAt = (value: unknown, path: readonly string[]): string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => textsAt(item, path));
  const [first, ...rest] = path;
  if (first === undefined) return typeof value === 'string' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return textsAt(Reflect.get(value, first), rest);
};
