import type { Carrier, SeenMessage } from '../../../domain/access/sight';
import { recordKey } from '../../../domain/access/standing';
import { loadHoldings } from '../people/load-holdings';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { MessageAddressRow, MessageRecordRow } from '../base/rows';
import { carriersOf, toRecord } from '../people/carriers';
import { contactsThatExist } from '../people/contacts';

/** A message, and what decides where it stands. */
export interface PlacedLeft extends SeenMessage {
  id: number;
  documentId: string;
  threadDocumentId: string;
}

interface MessageInThreadRow {
  id: number;
  documentId: string;
  thread: { documentId: string } | null;
}

/** Messages by a column of theirs, with every record that carries an address of theirs. A chosen record may be gone. */
export const loadLeft = async (
  strapi: Strapi,
  column: 'id' | 'documentId' | 'thread',
  values: readonly (string | number)[]
): Promise<{ messages: PlacedLeft[]; carriers: Carrier[] }> => {
  const rows = await findRowsIn<MessageInThreadRow>(strapi, uids.message, column, values, {
    select: ['id', 'documentId'],
    populate: { thread: { select: ['documentId'] } },
    orderBy: { id: 'asc' },
  });
  const ids = rows.map(({ id }) => id);
  const addresses = await findRowsIn<MessageAddressRow>(strapi, uids.messageAddress, 'messageId', ids);
  const written = await findRowsIn<MessageRecordRow>(strapi, uids.messageRecord, 'messageId', ids);
  const there = new Set((await contactsThatExist(strapi, written.map(toRecord))).map(recordKey));
  const placed = new Map(rows.map((row): [number, PlacedLeft] => [row.id, placedNowhere(row)]));
  for (const { messageId, addressHash } of addresses) placed.get(messageId)?.addressHashes.push(addressHash);
  for (const row of written) {
    const record = toRecord(row);
    if (there.has(recordKey(record))) placed.get(row.messageId)?.records.push(record);
  }
  for (const [id, holdings] of await loadHoldings(strapi, ids, ''))
    placed.get(id)?.holdings.push(...holdings);
  const hashes = new Set(addresses.map(({ addressHash }) => addressHash));
  return { messages: [...placed.values()], carriers: await carriersOf(strapi, [...hashes]) };
};

const placedNowhere = ({ id, documentId, thread }: MessageInThreadRow): PlacedLeft => ({
  id,
  documentId,
  threadDocumentId: thread?.documentId ?? '',
  holdings: [],
  addressHashes: [],
  records: [],
});
