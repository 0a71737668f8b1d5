import { addressHash } from '../../../src/plugins/email-connect/server/src/adapters/records/people/address-hash';
import type { Rows, UserOf } from './rows';
import { builtIn, person } from './site';
import type { World, WorldRecord } from './world';

/** A contact in all its versions, and its addresses in the index. */
export const rowsOfRecord = (world: World, record: WorldRecord, userOf: UserOf): Rows => {
  const { contactType, documentId, name, addresses, versions, creator } = record;
  const [first, ...further] = addresses.map(({ address }) => address);
  const talk = world.threads[world.records.indexOf(record) % world.threads.length];
  const own = {
    [person]: { further, talk: talk?.id },
    [builtIn]: { furtherEmails: further.join('\n') },
  }[contactType];
  return {
    [contactType]: versions.map(({ id, locale, isPublished }) => ({
      id,
      documentId,
      name,
      email: first,
      locale,
      publishedAt: isPublished ? new Date() : null,
      createdBy: creator && userOf(creator).id,
      ...own,
    })),
    'email-connect::address-index': addresses.map(({ address, counts }) => ({
      addressHash: addressHash(address),
      address,
      contactType,
      contactDocumentId: documentId,
      counts,
    })),
  };
};
