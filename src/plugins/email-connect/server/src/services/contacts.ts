import type { Core } from '@strapi/strapi';
import type { Contact } from '../../../shared/contracts/contact';
import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import type { UnconfirmedAddressPage } from '../../../shared/contracts/unconfirmed-address';
import { normalizeAddress } from '../domain/address/address';
import { EmailConnectError } from '../domain/errors';
import { wiringOf } from '../wiring';
import { access } from './access';
import type { MailReader } from './access';

/** Records of any configured content type, as people to write to. */
export const contacts = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;

  /** `address`: normalised. */
  const mayConfirm = async (reader: MailReader, address: string): Promise<boolean> =>
    access({ strapi }).mayVouch(reader, await ports().contacts.openedBy(address));

  return {
    /** For this reader; for nobody in particular without one. Rejects with NOT_FOUND. */
    async read(contact: ContactRef, reader: MailReader | null = null): Promise<Contact> {
      const found = await ports().contacts.load(contact);
      if (!found)
        throw new EmailConnectError(
          'NOT_FOUND',
          'This contact is not here any more.',
          'Go back to the list.'
        );
      const toConfirm: string[] = [];
      for (const address of reader ? await ports().contacts.unconfirmed(contact) : []) {
        if (reader && (await mayConfirm(reader, address))) toConfirm.push(address);
      }
      return { ...contact, ...found, isPaused: await ports().upkeep.isPaused(contact), toConfirm };
    },
    /**
     * Updates the address index after the record was written. `writer`: the admin user who wrote it; null: a program,
     * which vouches for no address that is known already (S41).
     */
    index: (contact: ContactRef, writer: MailReader | null): Promise<void> =>
      ports().contacts.index(contact, (facts) => access({ strapi }).mayVouch(writer, facts)),
    /** The addresses of the site that wait to be confirmed, for whoever reads all records; none for others. */
    listUnconfirmed: async (page: Page, { userAbility }: MailReader): Promise<UnconfirmedAddressPage> =>
      (await access({ strapi }).readsAllRecords(userAbility))
        ? ports().contacts.unconfirmedPage(page)
        : { addresses: [], total: 0 },
    /**
     * Lets an address count on the record for everybody who may read the record. Rejects with NOT_FOUND where it does
     * not wait for that, or not for this reader: another answer would tell whether the address is known.
     */
    async confirm(contact: ContactRef, written: string, reader: MailReader): Promise<void> {
      const address = normalizeAddress(written);
      const isWaiting = (await ports().contacts.unconfirmed(contact)).includes(address);
      const isDone =
        isWaiting &&
        (await mayConfirm(reader, address)) &&
        (await ports().contacts.confirm(contact, address));
      await ports().audit.record({
        action: 'contact.address-confirmed',
        actor: reader.documentId,
        subject: contact.documentId,
        outcome: isDone ? 'ok' : 'refused',
        facts: { contactType: contact.contactType, address },
      });
      if (isDone) return;
      throw new EmailConnectError(
        'NOT_FOUND',
        'There is no such address here that you may confirm.',
        'Load the page again. If it still shows no mail, ask somebody who reads all contacts.'
      );
    },
    rebuildIndex: (): Promise<void> => ports().contacts.rebuildIndex(),
  };
};
