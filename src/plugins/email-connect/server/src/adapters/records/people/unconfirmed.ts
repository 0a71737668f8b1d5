import type { Page } from '../../../../../shared/contracts/contact-ref';
import type { UnconfirmedAddressPage } from '../../../../../shared/contracts/unconfirmed-address';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { findRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { AddressRow } from '../base/rows';
import { contactTypesOf } from './contact-types';
import { loadContactNames } from './contact-names';
import { loadTeam } from './load-team';

/** The addresses of a record that do not count on it (S41). */
export const unconfirmedOf = async (
  strapi: Strapi,
  { contactType, documentId }: LinkedContact
): Promise<string[]> => {
  const where = { ...(await unconfirmed(strapi)), contactType, contactDocumentId: documentId };
  const rows = await findRows<AddressRow>(strapi, uids.addressIndex, { where, orderBy: { id: 'asc' } });
  return rows.map(({ address }) => address);
};

/** All such addresses of the site, in the order in which they were written. */
export const unconfirmedPage = async (
  strapi: Strapi,
  { start, limit }: Page
): Promise<UnconfirmedAddressPage> => {
  const types = contactTypesOf(strapi).map(({ uid }) => uid);
  const where = { ...(await unconfirmed(strapi)), contactType: { $in: types } };
  const rows = await findRows<AddressRow>(strapi, uids.addressIndex, {
    where,
    orderBy: { id: 'asc' },
    offset: start,
    limit,
  });
  const contacts = rows.map(({ contactType, contactDocumentId: documentId }) => ({
    contactType,
    documentId,
  }));
  const names = await loadContactNames(strapi, contacts);
  return {
    addresses: rows.map(({ address, contactType, contactDocumentId: documentId }) => ({
      contactType,
      documentId,
      name: names.get(documentId) ?? '',
      address,
    })),
    total: await strapi.db.query(uids.addressIndex).count({ where }),
  };
};

/** Not those of the team: no mail stands on a record through them (P8). */
const unconfirmed = async (strapi: Strapi) => {
  const { addresses, domains } = await loadTeam(strapi);
  return {
    counts: false,
    $and: [
      { address: { $notIn: [...addresses] } },
      ...[...domains].map((domain) => ({ $not: { address: { $endsWith: `@${domain}` } } })),
    ],
  };
};
