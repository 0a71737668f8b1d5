import type { Core } from '@strapi/strapi';
import type { LinkedContact } from '../domain/outgoing/outgoing';
import type { PluginConfig } from '../config';

/** What an admin user may do, as Strapi's Content Manager answers it. */
interface PermissionChecker {
  cannot: { read(): boolean };
  sanitizedQuery: { read(query: object): Promise<{ filters?: object }> };
}

const AT_ONCE = 500;

/**
 * Those of these records that an admin user may read in the Content Manager, in any version of them: draft or
 * published, in a locale that they may read. Conditions of roles are asked of the database, since a record may be one
 * of very many.
 */
export const readableRecords = async (
  strapi: Core.Strapi,
  userAbility: unknown,
  records: readonly LinkedContact[]
): Promise<LinkedContact[]> => {
  const known = new Set<string>(
    strapi.config.get<PluginConfig>('plugin::email-connect').contactTypes.map(({ uid }) => uid)
  );
  const types = new Set(records.map(({ contactType }) => contactType).filter((uid) => known.has(uid)));
  const readable: LinkedContact[] = [];
  for (const contactType of types) {
    const documentIds = new Set(
      records.filter((record) => record.contactType === contactType).map(({ documentId }) => documentId)
    );
    for (const documentId of await readableOf(strapi, userAbility, contactType, [...documentIds])) {
      readable.push({ contactType, documentId });
    }
  }
  return readable;
};

const readableOf = async (
  strapi: Core.Strapi,
  userAbility: unknown,
  contactType: string,
  documentIds: readonly string[]
): Promise<Set<string>> => {
  const model = strapi.contentType(contactType as Parameters<typeof strapi.contentType>[0]);
  if (!model) return new Set();
  const checker: PermissionChecker = strapi
    .plugin('content-manager')
    .service('permission-checker')
    .create({ userAbility, model: model.uid });
  if (checker.cannot.read()) return new Set();
  const { filters } = await checker.sanitizedQuery.read({});
  const { where: allowed } = strapi.get('query-params').transform(model.uid, { filters });
  const found = new Set<string>();
  for (let start = 0; start < documentIds.length; start += AT_ONCE) {
    const some = { documentId: { $in: documentIds.slice(start, start + AT_ONCE) } };
    const rows: { documentId: string }[] = await strapi.db.query(model.uid).findMany({
      where: allowed ? { $and: [some, allowed] } : some,
      select: ['documentId'],
    });
    for (const { documentId } of rows) found.add(documentId);
  }
  return found;
};
