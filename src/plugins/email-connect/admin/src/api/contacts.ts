import { contact, type Contact } from '../../../shared/contracts/contact';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import { endpoint, read, type Client } from './client';

/** Name and addresses of a record. */
export const loadContact = (client: Client, ref: ContactRef): Promise<Contact> =>
  read(client.get(endpoint('records', ref.contactType, ref.documentId, 'contact')), contact);
