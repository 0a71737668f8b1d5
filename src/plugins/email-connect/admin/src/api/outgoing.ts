import { outgoingList, type OutgoingMail } from '../../../shared/contracts/outgoing';
import { endpoint, read, type Client } from './client';

/** Mail of an inbox that may not have gone out, or was refused lately. Newest first. */
export const loadOutgoing = async (client: Client, inboxDocumentId: string): Promise<OutgoingMail[]> =>
  (await read(client.get(endpoint('inboxes', inboxDocumentId, 'outgoing')), outgoingList)).mails;
