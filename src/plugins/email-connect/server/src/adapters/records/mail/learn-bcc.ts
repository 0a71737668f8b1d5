import { normalizeAddress } from '../../../domain/address/address';
import type { MessageToRecord } from '../../../ports';
import { findRowsIn, insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { MessageAddressRow } from '../base/rows';
import { addressHash } from '../people/address-hash';
import { addParticipants } from '../people/participants';
import { matchRules } from './match-rules';

interface Known {
  id: number;
  documentId: string;
  receivedAt: string;
  thread: { id: number; documentId: string } | null;
}

/** Recorded messages stand on the records of those whom only another copy shows on Bcc (S26). */
export const learnBcc = async (
  strapi: Strapi,
  learned: readonly { documentId: string; message: Pick<MessageToRecord, 'bcc'> }[]
): Promise<void> => {
  const bccOf = new Map(learned.map(({ documentId, message }) => [documentId, message.bcc]));
  const messages = await findRowsIn<Known>(strapi, uids.message, 'documentId', [...bccOf.keys()], {
    select: ['id', 'documentId', 'receivedAt'],
    populate: { thread: { select: ['id', 'documentId'] } },
  });
  const ids = messages.map(({ id }) => id);
  const rows = await findRowsIn<MessageAddressRow>(strapi, uids.messageAddress, 'messageId', ids);
  const known = new Set(rows.map(({ messageId, addressHash: hash }) => `${messageId} ${hash}`));
  const added = messages.flatMap(({ id, documentId, receivedAt, thread }) => {
    const addresses = new Set((bccOf.get(documentId) ?? []).map(({ address }) => normalizeAddress(address)));
    return [...addresses].flatMap((address) =>
      thread && !known.has(`${id} ${addressHash(address)}`) ? [{ id, receivedAt, thread, address }] : []
    );
  });
  await insertRows(
    strapi,
    uids.messageAddress,
    added.map(({ id, receivedAt, thread, address }) => ({
      messageId: id,
      threadId: thread.id,
      addressHash: addressHash(address),
      role: 'bcc',
      receivedAt,
    }))
  );
  await addParticipants(
    strapi,
    added.map(({ thread, address }) => ({ threadDocumentId: thread.documentId, address, cameAs: 'named' }))
  );
  await matchRules(
    strapi,
    ids.map((id) => ({
      id,
      people: added.filter((one) => one.id === id).map(({ address }) => address),
      subject: '',
    }))
  );
};
