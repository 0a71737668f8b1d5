import type { Caller } from '../domain/access/sight';
import type { LinkedContact } from '../domain/outgoing/outgoing';
import type { Ports } from '../ports';
import type { Actor } from './actor';

/** An admin user, and what Strapi lets them do. */
export interface MailReader extends Actor {
  userAbility: unknown;
}

/** The reader, with those of these records that they may read. */
export const callerOf = async (
  { access: records }: Pick<Ports, 'access'>,
  { userAbility, documentId, managesAll }: MailReader,
  asked: readonly LinkedContact[]
): Promise<Caller> => {
  const [readsAll, inboxDocumentIds, readable] = await Promise.all([
    records.readsAllRecords(userAbility),
    records.inboxesOf(documentId),
    records.readable(userAbility, asked),
  ]);
  return { userDocumentId: documentId, managesAll, readsAll, inboxDocumentIds, readable };
};

/** All on which an address may count: which of them the reader may read is asked for all at once. */
export const everyCarrier = { readsAll: true };
