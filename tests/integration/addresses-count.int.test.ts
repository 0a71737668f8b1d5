import type { Core } from '@strapi/strapi';
import { loadKnownPeople } from '../../src/plugins/email-connect/server/src/adapters/records/facts/known-people';
import type { Candidate } from '../../src/plugins/email-connect/server/src/domain/message/message';
import { serviceOf } from '../../src/plugins/email-connect/server/src/services';
import { buildMessage } from '../support/build-message';
import { addColleague } from '../support/colleagues';
import type { Colleague } from '../support/colleagues';
import { builtIn, peopleIn, peopleSite, person, rolesIn } from '../support/people';
import { plantMail } from '../support/plant-mail';
import { startStrapi } from '../support/strapi-app';
import type { TestStrapi } from '../support/strapi-app';

jest.setTimeout(60_000);

let app: TestStrapi;
let strapi: Core.Strapi;

const {
  people,
  newAddress,
  writePerson,
  threadsOn,
  seesThread,
  toConfirm,
  confirm,
  createdBy,
  writtenTwice,
} = peopleIn(() => strapi);

/** Reads the records that they made themselves. */
let seller: Colleague;
/** Reads all records. */
let lead: Colleague;

beforeAll(async () => {
  app = await startStrapi({ database: 'sqlite', name: 'addresses', ...peopleSite });
  ({ strapi } = app);
  const { own, all } = await rolesIn(strapi);
  seller = await addColleague(strapi, own);
  lead = await addColleague(strapi, all);
}, 150_000);
afterAll(() => app.stop());

const typed = () => writtenTwice(lead, seller);

describe('S41: an address that is written into a record', () => {
  it("w30: opens nobody's mail to whoever reads only their own records, and is on record", async () => {
    const { address, cleo, thread, record } = await typed();
    expect([await threadsOn(cleo), await threadsOn(record)]).toEqual([[thread], []]);
    expect(await seesThread(seller, thread)).toBe(false);
    expect(await toConfirm(seller, record)).toEqual([]);
    await expect(confirm(seller, record, address)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [entry] = await strapi.db.query('email-connect::audit').findMany({
      where: { subject: record },
      orderBy: { id: 'desc' },
    });
    expect(entry).toMatchObject({ action: 'contact.address-confirmed', outcome: 'refused' });
    expect(await threadsOn(record)).toEqual([]);
  });

  it('w31, w36: until somebody confirms it who sees the mail', async () => {
    const { address, cleo, thread, record } = await typed();
    expect(await toConfirm(lead, record)).toEqual([address]);
    expect(await seesThread(lead, thread)).toBe(true);
    await confirm(lead, record, address.toUpperCase());
    expect([await threadsOn(cleo), await threadsOn(record)]).toEqual([[thread], [thread]]);
    expect(await seesThread(seller, thread)).toBe(true);
    expect(await toConfirm(lead, record)).toEqual([]);
    await expect(confirm(lead, record, 'nobody@customer.test')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('w32: nor when the record is gone that had it, nor by writing it again', async () => {
    const { address, cleo, thread, record } = await typed();
    await lead.as(() => people().delete({ documentId: cleo }));
    expect(await seesThread(seller, thread)).toBe(false);
    for (const email of ['', address]) {
      await seller.as(() => people().update({ documentId: record, data: { email } }));
    }
    expect(await threadsOn(record)).toEqual([]);
    expect(await seesThread(seller, thread)).toBe(false);
  });

  it('w33: counts at once where somebody writes it who reads all records', async () => {
    const { address, thread } = await typed();
    const second = await writePerson(address, lead);
    await createdBy(second, seller);
    expect(await threadsOn(second)).toEqual([thread]);
    expect(await seesThread(seller, thread)).toBe(true);
  });

  it('w34, w35: by a program counts where it opens nothing', async () => {
    const { address } = await typed();
    expect(await threadsOn(await writePerson(address, null))).toEqual([]);
    const unknown = newAddress();
    const imported = await writePerson(unknown, null);
    const thread = await plantMail(strapi, unknown);
    expect(await threadsOn(imported)).toEqual([thread]);
  });

  it('w34: by a program counts, where the site says so', async () => {
    const { address, thread } = await typed();
    strapi.config.set('plugin::email-connect.trustAddressesOfPrograms', true);
    const record = await writePerson(address, null);
    strapi.config.set('plugin::email-connect.trustAddressesOfPrograms', false);
    expect(await threadsOn(record)).toEqual([thread]);
  });

  it('w31: is listed for whoever reads all records, without those of the team', async () => {
    const { address, record } = await typed();
    const list = async (who: Colleague, start = 0) =>
      serviceOf(strapi, 'contacts').listUnconfirmed({ start, limit: 100 }, await who.reader());
    const { addresses, total } = await list(lead);
    expect(addresses.at(-1)).toEqual({ contactType: person, documentId: record, name: address, address });
    expect(total).toBe(addresses.length);
    expect((await list(lead, total - 1)).addresses).toEqual(addresses.slice(-1));
    expect(await list(seller)).toEqual({ addresses: [], total: 0 });
    for (const ours of ['uma@crm.test', 'someone@staff.crm.test']) {
      await plantMail(strapi, ours);
      await writePerson(ours, null);
    }
    expect((await list(lead)).total).toBe(total);
  });

  it('w57: is not told to be known by the answer to whoever confirms it', async () => {
    const { address, record } = await typed();
    const unknown = newAddress();
    await seller.as(() => people().update({ documentId: record, data: { email: `${address}, ${unknown}` } }));
    const answers: unknown[] = [];
    for (const asked of [address, unknown, newAddress()]) {
      answers.push(await confirm(seller, record, asked).catch((error: unknown) => error));
    }
    expect(answers[0]).toMatchObject({ code: 'NOT_FOUND' });
    expect(answers.slice(1)).toEqual([answers[0], answers[0]]);
  });

  it('S41: is not vouched for by whoever saves a record on which it stood unseen', async () => {
    const { address, thread } = await typed();
    const record = await writePerson(newAddress(), seller);
    await strapi.db.query(person).updateMany({ where: { documentId: record }, data: { email: address } });
    await lead.as(() => people().publish({ documentId: record }));
    expect(await threadsOn(record)).toEqual([]);
    await lead.as(() => people().update({ documentId: record, data: { name: 'Cleo' } }));
    expect(await threadsOn(record)).toEqual([]);
    expect(await toConfirm(lead, record)).toEqual([address]);
    await confirm(lead, record, address);
    expect(await threadsOn(record)).toEqual([thread]);
  });

  it('P7: counts on the new record, whatever document its writer names', async () => {
    const address = newAddress();
    const other = await writePerson(newAddress(), lead);
    const create = { documentId: other, data: { name: address, email: address } };
    const { documentId } = await people().create(create);
    expect(documentId).not.toBe(other);
    const thread = await plantMail(strapi, address);
    expect([await threadsOn(documentId), await threadsOn(other)]).toEqual([[thread], []]);
  });

  it('w37: is on a clone what it is on the record', async () => {
    const { cleo, thread, record } = await typed();
    const clone = (who: Colleague, documentId: string) =>
      who.as(async () => (await people().clone({ documentId, data: {} }))?.documentId ?? '');
    expect(await threadsOn(await clone(lead, cleo))).toEqual([thread]);
    expect(await threadsOn(await clone(seller, record))).toEqual([]);
  });

  it('w38: counts on the one that is left of two records, if it counted on either', async () => {
    const { cleo, thread } = await typed();
    const address = newAddress();
    const twin = await writePerson(address, lead);
    const more = await plantMail(strapi, address);
    await lead.as(async () => {
      await people().update({ documentId: cleo, data: { email: `${newAddress()}, ${address}` } });
      await people().delete({ documentId: twin });
    });
    expect(await threadsOn(cleo)).toEqual([more]);
    expect(thread).not.toBe(more);
  });

  it('w28, w74: goes with a discarded draft, and not with one of several languages', async () => {
    const { address, thread } = await typed();
    const record = await writePerson(newAddress(), lead);
    await lead.as(async () => {
      await people().publish({ documentId: record });
      await people().update({ documentId: record, data: { email: address } });
    });
    expect(await threadsOn(record)).toEqual([thread]);
    await lead.as(() => people().discardDraft({ documentId: record }));
    expect(await threadsOn(record)).toEqual([]);
    await lead.as(async () => {
      await people().update({ documentId: record, data: { email: address } });
      await people().update({ documentId: record, locale: 'de', data: { name: 'Cleo', email: address } });
      await people().delete({ documentId: record, locale: 'de' });
    });
    expect(await threadsOn(record)).toEqual([thread]);
  });

  it('S41: pauses nobody, and makes nobody known, until it counts', async () => {
    const address = newAddress();
    await plantMail(strapi, address);
    const record = await writePerson(address, null);
    await serviceOf(strapi, 'upkeep').pauseContact({ contactType: person, documentId: record }, true, 'x');
    const { headers } = buildMessage({
      threadDocumentId: '',
      inboxDocumentId: '',
      headers: { from: [{ address, displayName: '' }] },
    }).parsed;
    const known = () =>
      loadKnownPeople(strapi, [{ headers } as Candidate], { addresses: new Set(), domains: new Set() });
    expect(await known()).toEqual({ contacts: new Set(), paused: new Set() });
    await confirm(lead, record, address);
    expect(await known()).toEqual({ contacts: new Set([address]), paused: new Set([address]) });
  });
});

describe('S41: addresses whose writing nobody saw', () => {
  const judged = async (): Promise<void> => {
    await strapi.db.query('email-connect::address-index').updateMany({
      where: { address: { $contains: '@' } },
      data: { counts: null },
    });
    await builtAnew();
  };
  const builtAnew = async (): Promise<void> => {
    await strapi.store({ type: 'plugin', name: 'email-connect' }).delete({ key: 'address-index' });
    await serviceOf(strapi, 'contacts').rebuildIndex();
  };

  it('count, except those on several records that a restricted role wrote', async () => {
    const { cleo, thread, record, address } = await typed();
    const alone = newAddress();
    const ofSeller = await writePerson(alone, seller);
    await createdBy(ofSeller, seller);
    const more = await plantMail(strapi, alone);
    const byProgram = await writePerson(address, null);
    await judged();
    expect(await threadsOn(cleo)).toEqual([thread]);
    expect(await threadsOn(record)).toEqual([]);
    expect(await threadsOn(byProgram)).toEqual([thread]);
    expect(await threadsOn(ofSeller)).toEqual([more]);
    expect(await toConfirm(lead, record)).toEqual([address]);
  });

  it('are compared with those of all types, whichever is looked at first', async () => {
    const address = newAddress();
    const record = await writePerson(address, seller);
    await createdBy(record, seller);
    const thread = await plantMail(strapi, address);
    const { documentId } = await lead.as(() =>
      strapi.documents(builtIn).create({ data: { name: 'Cleo', email: address } })
    );
    await strapi.db.query('email-connect::address-index').deleteMany({ where: { address } });
    await builtAnew();
    expect(await threadsOn(documentId, builtIn)).toEqual([thread]);
    expect(await threadsOn(record)).toEqual([]);
  });

  it('P7: are looked at when their type is one of contacts again', async () => {
    const address = newAddress();
    const record = await writePerson(newAddress(), lead);
    const key = 'plugin::email-connect.contactTypes';
    const types = strapi.config.get<{ uid: string }[]>(key);
    strapi.config.set(
      key,
      types.filter(({ uid }) => uid !== person)
    );
    await serviceOf(strapi, 'contacts').rebuildIndex();
    await lead.as(() => people().update({ documentId: record, data: { email: address } }));
    strapi.config.set(key, types);
    await serviceOf(strapi, 'contacts').rebuildIndex();
    const thread = await plantMail(strapi, address);
    expect(await threadsOn(record)).toEqual([thread]);
  });

  it('count no more where a start judges them, before Strapi knows the conditions of roles', async () => {
    const { cleo, thread, record, address } = await typed();
    await strapi.db
      .query('email-connect::address-index')
      .updateMany({ where: { address }, data: { counts: null } });
    await strapi.store({ type: 'plugin', name: 'email-connect' }).delete({ key: 'address-index' });
    // What a Strapi has registered outlives it, but not its process. Conditions are registered after plugins have started.
    const { actionProvider, conditionProvider } = strapi.service('admin::permission');
    await Promise.all([actionProvider.clear(), conditionProvider.clear()]);
    strapi = await app.restart({ plugins: peopleSite.plugins });
    expect([await threadsOn(cleo), await threadsOn(record)]).toEqual([[thread], []]);
  });
});
