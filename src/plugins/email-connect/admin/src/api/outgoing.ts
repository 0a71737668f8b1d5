import { outgoingList, type OutgoingMail } from '../../../shared/contracts/outgoing';
import { endpoint, read, type Client } from './client';

/** What of an inbox's mail is not out for certain, or was refused lately. Newest first. */
export const loadOutgoing = async (client: Client, inboxDocumentId: string): Promise<OutgoingMail[]> =>
  (await read(client.get(endpoint('inboxes', inboxDocumentId, 'outgoing')), outgoingList)).mails;
