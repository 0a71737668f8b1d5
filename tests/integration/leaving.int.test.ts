import type { Core } from '@strapi/strapi';
import type { DeletionChoice } from '../../src/plugins/email-connect/shared/contracts/deletion';
import { serviceOf } from '../../src/plugins/email-connect/server/src/services';
import { addColleague } from '../support/colleagues';
import type { Colleague } from '../support/colleagues';
import { peopleIn, peopleSite, person, rolesIn } from '../support/people';
import { plantMail } from '../support/plant-mail';
import { startStrapi } from '../support/strapi-app';
import type { TestStrapi } from '../support/strapi-app';

jest.setTimeout(60_000);

let app: TestStrapi;
let strapi: Core.Strapi;
const { people, newAddress, writePerson, threadsOn, seesThread, writtenTwice } = peopleIn(() => strapi);

/** Reads the records that they made themselves. */
let seller: Colleague;
/** Reads all records. */
let lead: Colleague;

beforeAll(async () => {
  app = await startStrapi({ database: 'sqlite', name: 'leaving', ...peopleSite });
  ({ strapi } = app);
  const { own, all } = await rolesIn(strapi);
  seller = await addColleague(strapi, own);
  lead = await addColleague(strapi, all);
}, 150_000);
afterAll(() => app.stop());

const contact = (documentId: string) => ({ contactType: person, documentId });
const ask = async (who: Colleague, documentId: string) =>
  serviceOf(strapi, 'leaving').ask(contact(documentId), await who.reader());
const choose = async (who: Colleague, documentId: string, choice: DeletionChoice): Promise<void> =>
  serviceOf(strapi, 'leaving').choose(contact(documentId), choice, await who.reader());
const remove = (who: Colleague | null, documentId: string, locale = '*') => {
  const deletion = () => people().delete({ documentId, locale });
  return who ? who.as(deletion) : deletion();
};
const rows = (uid: string, where: object) => strapi.db.query(uid).findMany({ where });
const threadOf = async (documentId: string) =>
  (await rows('plugin::email-connect.email-thread', { documentId }))[0];
const messagesIn = async (thread: string): Promise<number> =>
  (await rows('plugin::email-connect.email-message', { thread: { documentId: thread } })).length;
const lastAudit = async (subject: string) =>
  strapi.db.query('email-connect::audit').findOne({ where: { subject }, orderBy: { id: 'desc' } });
const isThere = async (documentId: string): Promise<boolean> =>
  (await rows(person, { documentId })).length > 0;

/** A record with one mail of its own. */
const withMail = async (...others: string[]) => {
  const address = newAddress();
  const record = await writePerson(address, lead);
  const thread = await plantMail(strapi, address, ...others);
  return { address, record, thread };
};

const erase: DeletionChoice = { kind: 'erase' };

describe('S45: the mail of a record that is deleted', () => {
  it('w71: is kept, where nobody was asked', async () => {
    for (const who of [lead, null]) {
      const { record, thread } = await withMail();
      expect(await ask(lead, record)).toMatchObject({ messages: 1, otherwise: 'keep' });
      await remove(who, record);
      expect(await messagesIn(thread)).toBe(1);
      expect(await threadOf(thread)).toMatchObject({ state: 'muted' });
      expect(await seesThread(lead, thread)).toBe(false);
      expect(await lastAudit(record)).toMatchObject({
        action: 'contact.left',
        actor: who ? lead.documentId : '',
        facts: { mail: 'keep', messages: '1', muted: '1' },
      });
    }
  });

  it('w72: is erased as was chosen, as far as it stands on no other record', async () => {
    const address = newAddress();
    const [record, dora] = [await writePerson(address, lead), newAddress()];
    await writePerson(dora, lead);
    const [alone, shared] = [await plantMail(strapi, address), await plantMail(strapi, address, dora)];
    expect(await ask(lead, record)).toMatchObject({ messages: 1 });
    await choose(lead, record, erase);
    await remove(lead, record);
    expect([await messagesIn(alone), await messagesIn(shared)]).toEqual([0, 1]);
    expect(await threadOf(alone)).toMatchObject({ state: 'unlogged', subject: '' });
    expect(await threadOf(shared)).toMatchObject({ state: 'open' });
    expect(await rows('email-connect::participant', { threadDocumentId: alone })).toEqual([]);
    const dedupKey = alone.replace('thread', 'planted');
    expect(await rows('email-connect::tombstone', { dedupKey })).toHaveLength(1);
    expect(await lastAudit(record)).toMatchObject({ facts: { mail: 'erase', messages: '1', muted: '0' } });
  });

  it('w72: of a conversation that others have too, only these messages are', async () => {
    const { address, record } = await withMail();
    const dora = newAddress();
    await writePerson(dora, lead);
    const [mine, theirs] = [await plantMail(strapi, address), await plantMail(strapi, dora)];
    const { id } = await threadOf(theirs);
    const message = { documentId: mine.replace('thread', 'message') };
    const [{ id: messageId }] = await rows('plugin::email-connect.email-message', message);
    await strapi.db
      .query('plugin::email-connect.email-message')
      .update({ where: message, data: { thread: id } });
    await strapi.db
      .query('email-connect::message-address')
      .updateMany({ where: { messageId }, data: { threadId: id } });
    await choose(lead, record, erase);
    await remove(lead, record);
    expect(await messagesIn(theirs)).toBe(1);
    expect(await threadOf(theirs)).toMatchObject({ state: 'open', messageCount: 1 });
  });

  it('w73: is not asked about, nor erased, while another record carries the address', async () => {
    const { address, record, thread } = await withMail();
    const twin = await writePerson(address, lead);
    expect(await ask(lead, record)).toMatchObject({ messages: 0 });
    await choose(lead, record, erase);
    await remove(lead, record);
    expect(await threadsOn(twin)).toEqual([thread]);
    expect(await threadOf(thread)).toMatchObject({ state: 'open' });
  });

  it('w73: nor while another record waits to show it; but nothing more is read', async () => {
    const { cleo, thread, record } = await writtenTwice(lead, seller);
    expect(await ask(lead, cleo)).toMatchObject({ messages: 0 });
    await choose(lead, cleo, erase);
    await remove(lead, cleo);
    expect(await messagesIn(thread)).toBe(1);
    expect(await threadOf(thread)).toMatchObject({ state: 'muted' });
    expect(await threadsOn(record)).toEqual([]);
  });

  it('w74: stays as it is, when one language is deleted', async () => {
    const { address, record, thread } = await withMail();
    await lead.as(() =>
      people().update({ documentId: record, locale: 'de', data: { name: 'Cleo', email: address } })
    );
    await choose(lead, record, erase);
    await remove(lead, record, 'en');
    expect(await threadsOn(record)).toEqual([thread]);
    expect(await threadOf(thread)).toMatchObject({ state: 'open' });
  });

  it('is handed to another record as was chosen, where its conversation goes on', async () => {
    const { record, thread } = await withMail();
    const clara = await writePerson(newAddress(), lead);
    await choose(lead, record, { kind: 'hand-over', to: contact(clara) });
    await remove(lead, record);
    expect(await threadsOn(clara)).toEqual([thread]);
    expect(await threadOf(thread)).toMatchObject({ state: 'open' });
    expect(await seesThread(lead, thread)).toBe(true);
    expect(await lastAudit(record)).toMatchObject({ facts: { mail: 'hand-over', messages: '1', to: clara } });
    await remove(null, clara);
    expect([await messagesIn(thread), await threadOf(thread)]).toMatchObject([1, { state: 'muted' }]);
  });

  it('is erased by a program and in bulk where the site says so, and for who chose to keep it is not', async () => {
    strapi.config.set('plugin::email-connect.whenContactDeleted', 'erase');
    try {
      const [first, second] = [await withMail(), await withMail()];
      expect(await ask(lead, first.record)).toMatchObject({ messages: 1, otherwise: 'erase' });
      await remove(null, first.record);
      await choose(lead, second.record, { kind: 'keep' });
      await remove(lead, second.record);
      expect([await messagesIn(first.thread), await messagesIn(second.thread)]).toEqual([0, 1]);
    } finally {
      strapi.config.set('plugin::email-connect.whenContactDeleted', 'keep');
    }
  });
});

describe('S45: in bulk', () => {
  const inBulk = (...documentIds: string[]) =>
    lead.as(() =>
      strapi
        .plugin('content-manager')
        .service('document-manager')
        .deleteMany(documentIds, person, { locale: '*' })
    );
  const withBoth = async () => {
    const [one, two] = [newAddress(), newAddress()];
    const records = [await writePerson(one, lead), await writePerson(two, lead)];
    return { records, thread: await plantMail(strapi, one, two) };
  };

  it('w71: a conversation is left once the last of its records is', async () => {
    const { records, thread } = await withBoth();
    await inBulk(...records);
    expect([await messagesIn(thread), await threadOf(thread)]).toMatchObject([1, { state: 'muted' }]);
  });

  it('w72: and erased where the site says so, unless one is left', async () => {
    strapi.config.set('plugin::email-connect.whenContactDeleted', 'erase');
    try {
      const [both, half] = [await withBoth(), await withBoth()];
      await inBulk(...both.records, ...half.records.slice(1));
      expect([await messagesIn(both.thread), await messagesIn(half.thread)]).toEqual([0, 1]);
      expect(await threadOf(half.thread)).toMatchObject({ state: 'open' });
    } finally {
      strapi.config.set('plugin::email-connect.whenContactDeleted', 'keep');
    }
  });
});

describe('S45: mail without a contact', () => {
  const list = async (): Promise<string[]> => {
    const manager = { ...(await lead.reader()), managesAll: true };
    const page = await serviceOf(strapi, 'leaving').listUnassigned({ start: 0, limit: 100 }, manager);
    expect(page.total).toBe(page.threads.length);
    return page.threads.map(({ documentId }) => documentId);
  };

  it('w47: is what stands on no record, though one waits for it, or has an address of the team', async () => {
    const { record, thread } = await withMail();
    expect(await list()).not.toContain(thread);
    await remove(null, record);
    expect(await list()).toContain(thread);
    const waiting = await writtenTwice(lead, seller);
    await remove(lead, waiting.cleo);
    for (const ours of ['uma@crm.test', 'vic@staff.crm.test']) {
      await writePerson(ours, lead);
      const planted = await plantMail(strapi, newAddress(), ours);
      expect(await list()).toContain(planted);
    }
    expect(await list()).toContain(waiting.thread);
  });

  it('w47: is opened by whoever it is listed for', async () => {
    const manager = { ...(await seller.reader()), managesAll: true };
    for (const thread of await list()) {
      await serviceOf(strapi, 'access').readThread(manager, thread);
    }
  });
});

describe('S37: what is chosen for the mail of a record', () => {
  it('holds for whoever chose it, for ten minutes, once', async () => {
    const [one, two, three] = [await withMail(), await withMail(), await withMail()];
    await choose(lead, one.record, erase);
    await remove(seller, one.record);
    await choose(lead, two.record, erase);
    await strapi.db.query('email-connect::deletion-choice').updateMany({
      where: { contactDocumentId: two.record },
      data: { chosenAt: Date.now() - 11 * 60_000 },
    });
    await remove(lead, two.record);
    await choose(lead, three.record, erase);
    await lead.as(async () => {
      const leaving = serviceOf(strapi, 'leaving');
      await leaving.foresee(contact(three.record), await lead.reader());
    });
    await remove(lead, three.record);
    expect(await Promise.all([one, two, three].map(({ thread }) => messagesIn(thread)))).toEqual([1, 1, 1]);
  });

  it('goes to no record that they may not read, nor to the one that is deleted, nor to one that is gone', async () => {
    const { record, thread } = await withMail();
    const clara = await writePerson(newAddress(), lead);
    const to = (documentId: string): DeletionChoice => ({ kind: 'hand-over', to: contact(documentId) });
    await expect(choose(seller, record, to(clara))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(choose(lead, record, to(record))).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await choose(lead, record, to(clara));
    await remove(null, clara);
    await expect(remove(lead, record)).rejects.toThrow('Nothing was deleted');
    expect(await threadsOn(record)).toEqual([thread]);
  });

  it("w30: erases nobody's mail by an address of theirs that somebody typed", async () => {
    const { thread, record } = await writtenTwice(lead, seller);
    expect(await ask(seller, record)).toMatchObject({ messages: 0 });
    await choose(seller, record, erase);
    await remove(seller, record);
    expect(await messagesIn(thread)).toBe(1);
    expect(await threadOf(thread)).toMatchObject({ state: 'open' });
  });

  it('P2: is done with the deletion, or the record stays', async () => {
    const { record, thread } = await withMail();
    await choose(lead, record, erase);
    const full = "before insert on email_connect_audit begin select raise(abort, 'The disk is full.'); end";
    await strapi.db.connection.raw(`create trigger disk_is_full ${full}`);
    await expect(remove(lead, record)).rejects.toBeDefined();
    await strapi.db.connection.raw('drop trigger disk_is_full');
    expect([await isThere(record), await messagesIn(thread)]).toEqual([true, 1]);
    expect(await threadOf(thread)).toMatchObject({ state: 'open' });
    expect(await threadsOn(record)).toEqual([thread]);
  });
});
