import type { Core } from '@strapi/strapi';
import { addColleague, roleThatReads } from '../support/colleagues';
import type { Colleague } from '../support/colleagues';
import { builtIn, peopleIn, peopleSite, person, rolesIn } from '../support/people';
import { plantMail } from '../support/plant-mail';
import { startStrapi } from '../support/strapi-app';
import type { TestStrapi } from '../support/strapi-app';

jest.setTimeout(60_000);

let app: TestStrapi;
let strapi: Core.Strapi;
const { people, newAddress, writePerson, threadsOn, seesThread, createdBy, writtenTwice } = peopleIn(
  () => strapi
);

/** Reads the records that they made themselves. */
let seller: Colleague;
/** Reads all records. */
let lead: Colleague;
let own: number;
const typed = () => writtenTwice(lead, seller);

beforeAll(async () => {
  app = await startStrapi({ database: 'sqlite', name: 'readers', ...peopleSite });
  ({ strapi } = app);
  const roles = await rolesIn(strapi);
  own = roles.own;
  seller = await addColleague(strapi, own);
  lead = await addColleague(strapi, roles.all);
}, 150_000);
afterAll(() => app.stop());

describe('who asks', () => {
  it('w42, w43: a role with one language sees the mail of records that have that language', async () => {
    const english = await addColleague(
      strapi,
      await roleThatReads(strapi, { [person]: { locales: ['en'] } })
    );
    const both = newAddress();
    const record = await writePerson(both, lead);
    await lead.as(() =>
      people().update({ documentId: record, locale: 'de', data: { name: both, email: both } })
    );
    const thread = await plantMail(strapi, both);
    expect(await seesThread(english, thread)).toBe(true);
    const german = newAddress();
    await writePerson(german, lead, 'de');
    const hidden = await plantMail(strapi, german);
    expect(await seesThread(english, hidden)).toBe(false);
    expect(await seesThread(lead, hidden)).toBe(true);
  });

  it('w42: and vouches for no address that others carry, where one with all languages does', async () => {
    const english = await addColleague(
      strapi,
      await roleThatReads(strapi, { [person]: { locales: ['en'] }, [builtIn]: {} })
    );
    const german = newAddress();
    await writePerson(german, lead, 'de');
    const thread = await plantMail(strapi, german);
    expect(await threadsOn(await writePerson(german, english))).toEqual([]);
    expect(await threadsOn(await writePerson(german, lead))).toEqual([thread]);
  });

  it('w41, w43: a record of others does not become readable by a version that one makes of it', async () => {
    const { cleo, thread, record } = await typed();
    const attempts = [
      () => people().update({ documentId: cleo, locale: 'de', data: { name: 'Mine' } }),
      () => people().create({ locale: 'de', data: { name: 'Mine', documentId: cleo } }),
      () => people().update({ documentId: record, data: { documentId: cleo } }),
      () => people().update({ documentId: record, data: { documentId: [cleo] as never } }),
    ];
    for (const attempt of attempts) {
      await expect(seller.as(attempt)).rejects.toMatchObject({
        name: 'NotFoundError',
        details: { code: 'NOT_FOUND' },
      });
    }
    expect(await strapi.db.query(person).count({ where: { documentId: cleo } })).toBe(1);
    await createdBy(record, seller);
    expect(await seesThread(seller, thread)).toBe(false);
    const others = await writePerson(newAddress(), lead, 'de');
    await expect(
      seller.as(() => people().update({ documentId: others, data: { name: 'Mine' } }))
    ).rejects.toThrow();
  });

  it('w41: whoever reads a record adds a language to it, and programs to any', async () => {
    const { cleo, record } = await typed();
    const german = (documentId: string) => () =>
      people().update({ documentId, locale: 'de', data: { name: 'Cleo', documentId } });
    await seller.as(german(record));
    await seller.as(() => people().update({ documentId: cleo, data: { name: 'Saved by a hook' } }));
    await lead.as(german(cleo));
    await german(await writePerson(newAddress(), null))();
    await lead.as(() =>
      people().create({ data: { name: 'Restored', documentId: 'restoredrestoredrestored' } })
    );
    expect(await strapi.db.query(person).count({ where: { locale: 'de', name: 'Cleo' } })).toBe(3);
  });

  it('w44: another role decides from the next request on', async () => {
    const { thread } = await typed();
    const who = await addColleague(strapi, own);
    expect(await seesThread(who, thread)).toBe(false);
    await who.become(await roleThatReads(strapi, { [person]: { locales: null } }));
    expect(await seesThread(who, thread)).toBe(true);
    await who.become(own);
    expect(await seesThread(who, thread)).toBe(false);
  });
});
