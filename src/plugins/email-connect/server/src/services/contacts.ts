import type { Core } from '@strapi/strapi';
import type { Contact } from '../../../shared/contracts/contact';
import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import type { UnconfirmedAddressPage } from '../../../shared/contracts/unconfirmed-address';
import type { PluginConfig } from '../config';
import { mayVouchFor } from '../domain/access/counting';
import { nobody, recordsOf } from '../domain/access/sight';
import { normalizeAddress } from '../domain/address/address';
import { EmailConnectError } from '../domain/errors';
import { wiringOf } from '../wiring';
import { access } from './access';
import { callerOf, everyCarrier } from './mail-reader';
import type { MailReader } from './mail-reader';

/** Records of any configured content type, as people to write to. */
export const contacts = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;

  /**
   * Whether an address, normalised, counts that they write into a record, or confirm there. null: a program writes it.
   * What it opens is not looked at for whoever sees all of it: they save most records.
   */
  const mayVouch = async (reader: MailReader | null, address: string): Promise<boolean> => {
    const { access: rights, contacts: records } = ports();
    const seesAll = reader ? await rights.readsAllRecords(reader.userAbility) : trustsPrograms(strapi);
    if (seesAll) return true;
    const facts = await records.openedBy(address, reader?.documentId ?? '');
    const carriers = [...facts.carriers, ...recordsOf(facts.people, everyCarrier)];
    return mayVouchFor(facts, reader ? await callerOf(ports(), reader, carriers) : nobody);
  };

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
        if (reader && (await mayVouch(reader, address))) toConfirm.push(address);
      }
      return { ...contact, ...found, isPaused: await ports().upkeep.isPaused(contact), toConfirm };
    },
    /**
     * Updates the address index after the record was written. `writer`: the admin user who wrote it; null: a program,
     * which vouches for no address that is known already (S41).
     */
    index: (contact: ContactRef, writer: MailReader | null): Promise<void> =>
      ports().contacts.index(contact, (address) => mayVouch(writer, address)),
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
        isWaiting && (await mayVouch(reader, address)) && (await ports().contacts.confirm(contact, address));
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

const trustsPrograms = (strapi: Core.Strapi): boolean =>
  strapi.config.get<PluginConfig>('plugin::email-connect').trustAddressesOfPrograms;
