import type { Core } from '@strapi/strapi';
import type { Contact } from '../../../shared/contracts/contact';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import { EmailConnectError } from '../domain/errors';
import { wiringOf } from '../wiring';

/** Records of any configured content type, as people to write to. */
export const contacts = ({ strapi }: { strapi: Core.Strapi }) => ({
  async read(contact: ContactRef): Promise<Contact> {
    const { ports } = wiringOf(strapi);
    const found = await ports.contacts.load(contact);
    if (found) return { ...contact, ...found, isPaused: await ports.upkeep.isPaused(contact) };
    throw new EmailConnectError('NOT_FOUND', 'This contact is not here any more.', 'Go back to the list.');
  },
  /** Updates the address index after the record was written. */
  index: (contact: ContactRef): Promise<void> => wiringOf(strapi).ports.contacts.index(contact),
  rebuildIndex: (): Promise<void> => wiringOf(strapi).ports.contacts.rebuildIndex(),
});
