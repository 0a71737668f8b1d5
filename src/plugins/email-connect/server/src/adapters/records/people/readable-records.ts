import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { inParts } from '../base/in-parts';
import { findRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { contactTypesOf } from './contact-types';

/** Which records an admin user may read, as Strapi's Content Manager answers it. */
interface ReadChecker {
  cannot: { read(): boolean };
  sanitizedQuery: { read(query: object): Promise<{ filters?: Conditions }> };
}

/** Conditions of roles on one type, as a query for its records. */
interface Conditions {
  $and?: Conditions[];
  $or?: Conditions[];
  [field: string]: unknown;
}

/**
 * Those of these records that an admin user may read in the Content Manager, in any version of them: draft or
 * published, in a locale that they may read. Conditions of roles are asked of the database, since a record may be one
 * of very many.
 */
export const readableRecords = async (
  strapi: Strapi,
  userAbility: unknown,
  records: readonly LinkedContact[]
): Promise<LinkedContact[]> => {
  const readable: LinkedContact[] = [];
  for (const { uid: contactType } of contactTypesOf(strapi)) {
    const ofType = records.filter((record) => record.contactType === contactType);
    if (ofType.length === 0) continue;
    const documentIds = new Set(ofType.map(({ documentId }) => documentId));
    for (const documentId of await readableOf(strapi, userAbility, contactType, [...documentIds])) {
      readable.push({ contactType, documentId });
    }
  }
  return readable;
};

/** Whether an admin user may read every record of every type of contacts, in every language: by right, not by chance. */
export const readsAllRecords = async (strapi: Strapi, userAbility: unknown): Promise<boolean> => {
  const types = contactTypesOf(strapi);
  for (const { uid } of types) {
    const checker = checkerOf(strapi, userAbility, uid);
    if (checker.cannot.read()) return false;
    const { filters } = await checker.sanitizedQuery.read({});
    if (filters && !excludesNothing(filters, await localesOf(strapi))) return false;
  }
  return types.length > 0;
};

/** Strapi's internationalisation writes a condition also for roles that have every language. */
const excludesNothing = (conditions: Conditions, locales: readonly string[]): boolean =>
  Object.entries(conditions).every(([field, condition]) => {
    if (field === '$and' && conditions.$and)
      return conditions.$and.every((one) => excludesNothing(one, locales));
    if (field === '$or' && conditions.$or) return conditions.$or.some((one) => excludesNothing(one, locales));
    return field === 'locale' && allowsEach(condition, locales);
  });

const allowsEach = (condition: unknown, locales: readonly string[]): boolean =>
  typeof condition === 'object' &&
  condition !== null &&
  '$in' in condition &&
  Array.isArray(condition.$in) &&
  locales.every((locale) => Array.isArray(condition.$in) && condition.$in.includes(locale));

const localesOf = async (strapi: Strapi): Promise<string[]> => {
  if (!strapi.db.metadata.has('plugin::i18n.locale')) return [];
  const rows = await findRows<{ code: string }>(strapi, 'plugin::i18n.locale', { select: ['code'] });
  return rows.map(({ code }) => code);
};

const checkerOf = (strapi: Strapi, userAbility: unknown, model: string): ReadChecker =>
  strapi.plugin('content-manager').service('permission-checker').create({ userAbility, model });

const readableOf = async (
  strapi: Strapi,
  userAbility: unknown,
  contactType: string,
  documentIds: readonly string[]
): Promise<Set<string>> => {
  const checker = checkerOf(strapi, userAbility, contactType);
  if (checker.cannot.read()) return new Set();
  const { filters } = await checker.sanitizedQuery.read({});
  const { where: allowed } = strapi.get('query-params').transform(contactType, { filters });
  const found = new Set<string>();
  for (const part of inParts(documentIds)) {
    const some = { documentId: { $in: part } };
    const rows: { documentId: string }[] = await strapi.db.query(contactType).findMany({
      where: allowed ? { $and: [some, allowed] } : some,
      select: ['documentId'],
    });
    for (const { documentId } of rows) found.add(documentId);
  }
  return found;
};
