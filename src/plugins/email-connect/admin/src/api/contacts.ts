import { contact, type Contact } from '../../../shared/contracts/contact';
import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import {
  unconfirmedAddressPage,
  type UnconfirmedAddressPage,
} from '../../../shared/contracts/unconfirmed-address';
import { endpoint, query, read, type Client } from './client';

/** Name and addresses of a record. */
export const loadContact = (client: Client, ref: ContactRef): Promise<Contact> =>
  read(client.get(endpoint('records', ref.contactType, ref.documentId, 'contact')), contact);

/** While it is paused, mail with this contact alone is not logged. */
export const pauseContact = (client: Client, ref: ContactRef, paused: boolean): Promise<Contact> =>
  read(client.put(endpoint('records', ref.contactType, ref.documentId, 'pause'), { paused }), contact);

/** From now on everybody who may read the record sees the mail of this address there. */
export const confirmAddress = (client: Client, ref: ContactRef, address: string): Promise<Contact> =>
  read(
    client.post(endpoint('records', ref.contactType, ref.documentId, 'addresses', 'confirm'), { address }),
    contact
  );

/** The addresses of the site that wait to be confirmed; none for a user who may not read all records. */
export const loadUnconfirmed = (client: Client, page: Page): Promise<UnconfirmedAddressPage> =>
  read(client.get(endpoint('unconfirmed-addresses'), query(page)), unconfirmedAddressPage);
