import { contact, type Contact } from '../../../shared/contracts/contact';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import { endpoint, read, type Client } from './client';

/** Name and addresses of a record. */
export const loadContact = (client: Client, ref: ContactRef): Promise<Contact> =>
  read(client.get(endpoint('records', ref.contactType, ref.documentId, 'contact')), contact);

/** While it is paused, mail with this contact alone is not logged. */
export const pauseContact = (client: Client, ref: ContactRef, paused: boolean): Promise<Contact> =>
  read(client.put(endpoint('records', ref.contactType, ref.documentId, 'pause'), { paused }), contact);
