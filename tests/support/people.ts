import type { Core, UID } from '@strapi/strapi';
import { serviceOf } from '../../src/plugins/email-connect/server/src/services';
import { roleThatReads } from './colleagues';
import type { Colleague } from './colleagues';
import { plantMail } from './plant-mail';

/** In several languages, with drafts. */
export const person = 'api::person.person';
export const builtIn = 'plugin::email-connect.contact';
const files = {
  'src/api/person/content-types/person/schema.json': JSON.stringify({
    kind: 'collectionType',
    collectionName: 'people',
    info: { singularName: 'person', pluralName: 'people', displayName: 'Person' },
    options: { draftAndPublish: true },
    pluginOptions: { i18n: { localized: true } },
    attributes: {
      name: { type: 'string', pluginOptions: { i18n: { localized: true } } },
      email: { type: 'string', pluginOptions: { i18n: { localized: true } } },
    },
  }),
};
const plugins = {
  'email-connect': {
    enabled: true,
    config: {
      teamAddresses: ['Uma@crm.test'],
      teamDomains: ['staff.crm.test'],
      contactTypes: [
        { uid: person, nameField: 'name', addressFields: ['email'] },
        { uid: builtIn, nameField: 'name', addressFields: ['email', 'furtherEmails'] },
      ],
    },
  },
};

/** A site with these two types of contacts. */
export const peopleSite = { files, plugins };

/** Makes German a language, and two roles: `own` reads the records that it made, `all` all of them. */
export const rolesIn = async (strapi: Core.Strapi): Promise<{ own: number; all: number }> => {
  await strapi.service('plugin::i18n.locales').create({ code: 'de', name: 'German' });
  const isCreator = { conditions: ['admin::is-creator'] };
  const own = await roleThatReads(strapi, {
    [person]: { ...isCreator, locales: null },
    [builtIn]: isCreator,
  });
  const all = await roleThatReads(strapi, { [person]: { locales: ['en', 'de'] }, [builtIn]: {} });
  return { own, all };
};

let serial = 0;

/** What a suite does with the people of a site that runs in this process. */
export const peopleIn = (strapi: () => Core.Strapi) => {
  const people = () => strapi().documents(person as UID.ContentType);
  const newAddress = () => `somebody${(serial += 1)}@customer.test`;
  const writePerson = async (email: string, by: Colleague | null, locale?: string): Promise<string> => {
    const data = { name: email, email };
    const write = () => people().create({ data, ...(locale ? { locale } : {}) });
    return (await (by ? by.as(write) : write())).documentId;
  };
  const threadsOn = async (documentId: string, contactType = person): Promise<string[]> => {
    const page = await serviceOf(strapi(), 'threads').listOfContact(
      { contactType, documentId },
      { start: 0, limit: 10 }
    );
    return page.threads.map((thread) => thread.documentId);
  };
  const seesThread = async (who: Colleague, threadDocumentId: string): Promise<boolean> => {
    const read = serviceOf(strapi(), 'access').readThread(await who.reader(), threadDocumentId);
    return read.then(
      () => true,
      ({ code }: { code: string }) => {
        expect(code).toBe('NOT_FOUND');
        return false;
      }
    );
  };
  const toConfirm = async (who: Colleague, documentId: string): Promise<string[]> =>
    (await serviceOf(strapi(), 'contacts').read({ contactType: person, documentId }, await who.reader()))
      .toConfirm;
  const confirm = async (who: Colleague, documentId: string, address: string): Promise<void> =>
    serviceOf(strapi(), 'contacts').confirm({ contactType: person, documentId }, address, await who.reader());

  const createdBy = async (documentId: string, who: Colleague): Promise<void> => {
    const user = await strapi()
      .db.query('admin::user')
      .findOne({ where: { documentId: who.documentId } });
    await strapi()
      .db.query(person)
      .updateMany({ where: { documentId }, data: { createdBy: user.id } });
  };

  /** Cleo with mail, on a record of the lead's; and a record of the seller with her address. */
  const writtenTwice = async (lead: Colleague, seller: Colleague) => {
    const address = newAddress();
    const cleo = await writePerson(address, lead);
    const thread = await plantMail(strapi(), address);
    const record = await writePerson(address, seller);
    await createdBy(record, seller);
    return { address, cleo, thread, record };
  };

  return {
    people,
    newAddress,
    writePerson,
    threadsOn,
    seesThread,
    toConfirm,
    confirm,
    createdBy,
    writtenTwice,
  };
};
