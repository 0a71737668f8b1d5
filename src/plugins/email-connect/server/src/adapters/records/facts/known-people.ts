import { outsidersOf } from '../../../domain/logging/outsiders';
import type { LoggingFacts, Team } from '../../../domain/logging/verdict';
import type { Candidate } from '../../../domain/message/message';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { addressHash } from '../people/address-hash';
import { uids } from '../base/names';
import type { AddressRow } from '../base/rows';

/**
 * Which people on these messages are contacts, and whose mail is paused: a shared address is paused if any of its
 * contacts is (P8: never one of us).
 */
export const loadKnownPeople = async (
  strapi: Strapi,
  candidates: readonly Candidate[],
  team: Team
): Promise<Pick<LoggingFacts, 'contacts' | 'paused'>> => {
  const people = candidates.flatMap(({ headers }) => outsidersOf(headers, team));
  const addressOf = new Map(people.map((address) => [addressHash(address), address]));
  const carriers = await findRowsIn<AddressRow>(
    strapi,
    uids.addressIndex,
    'addressHash',
    [...addressOf.keys()],
    // Else whoever may write a record decides about the mail of other people's contacts, by typing an address (S41).
    { select: ['addressHash', 'contactType', 'contactDocumentId'], where: { counts: true } }
  );
  const pauses = await findRowsIn<Pick<AddressRow, 'contactType' | 'contactDocumentId'>>(
    strapi,
    uids.pausedContact,
    'contactDocumentId',
    carriers.map(({ contactDocumentId }) => contactDocumentId)
  );
  const isPaused = (carrier: AddressRow): boolean =>
    pauses.some(
      ({ contactType, contactDocumentId }) =>
        contactType === carrier.contactType && contactDocumentId === carrier.contactDocumentId
    );
  const addressesOf = (rows: readonly AddressRow[]): Set<string> =>
    new Set(rows.flatMap((row) => addressOf.get(row.addressHash) ?? []));
  return { contacts: addressesOf(carriers), paused: addressesOf(carriers.filter(isPaused)) };
};
