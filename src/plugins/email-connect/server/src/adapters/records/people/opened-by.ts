import type { AddressFacts } from '../../../domain/access/counting';
import type { SeenMessage } from '../../../domain/access/sight';
import { loadHoldings } from './load-holdings';
import { findRows, findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { MessageAddressRow, MessageRecordRow } from '../base/rows';
import { addressHash } from './address-hash';
import { carriersOf, countingCarriersOf, toRecord } from './carriers';

/** Whoever must have seen more mail than this to vouch for an address is told to let somebody confirm it. */
const MOST_NAMED = 500;

/** What an address opens that is written into a record (S41). `address`: normalised. As it counts for this user. */
export const openedBy = async (
  strapi: Strapi,
  address: string,
  userDocumentId: string
): Promise<AddressFacts> => {
  const hash = addressHash(address);
  const carriers = await countingCarriersOf(strapi, [hash]);
  if (carriers.length > 0)
    return { carriers, named: [], isAll: false, people: { carriers: [], records: [] } };
  const rows = await findRows<MessageAddressRow>(strapi, uids.messageAddress, {
    where: { addressHash: hash },
    orderBy: { receivedAt: 'desc' },
    limit: MOST_NAMED + 1,
  });
  const messageIds = [...new Set(rows.map(({ messageId }) => messageId))];
  const isAll = rows.length <= MOST_NAMED;
  const addresses = await findRowsIn<MessageAddressRow>(strapi, uids.messageAddress, 'messageId', messageIds);
  const written = await findRowsIn<MessageRecordRow>(strapi, uids.messageRecord, 'messageId', messageIds);
  const holdings = await loadHoldings(strapi, messageIds, userDocumentId);
  return {
    carriers,
    isAll,
    named: messageIds.map((id): SeenMessage => ({
      addressHashes: addresses.filter(({ messageId }) => messageId === id).map((row) => row.addressHash),
      records: written.filter(({ messageId }) => messageId === id).map(toRecord),
      holdings: holdings.get(id) ?? [],
    })),
    people: {
      carriers: await carriersOf(
        strapi,
        addresses.map((row) => row.addressHash)
      ),
      records: written.map(toRecord),
    },
  };
};
