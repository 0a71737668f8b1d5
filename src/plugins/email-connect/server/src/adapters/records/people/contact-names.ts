import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { contactTypesOf, groupByDocument, populateOf, toContact } from './contact-types';

/** The names on the records of these contacts, by documentId. One query for each type of contact. */
export const loadContactNames = async (
  strapi: Strapi,
  contacts: readonly LinkedContact[]
): Promise<Map<string, string>> => {
  const names = new Map<string, string>();
  for (const type of contactTypesOf(strapi)) {
    const wanted = contacts.filter(({ contactType }) => contactType === type.uid);
    const rows = await findRowsIn<Record<string, unknown>>(
      strapi,
      type.uid,
      'documentId',
      wanted.map(({ documentId }) => documentId),
      { populate: populateOf(strapi, type), orderBy: { id: 'asc' } }
    );
    for (const [documentId, versions] of groupByDocument(rows)) {
      names.set(documentId, toContact(type, documentId, versions)?.name ?? '');
    }
  }
  return names;
};
