import { z } from 'zod';
import { inbox as inboxContract } from '../../src/plugins/email-connect/shared/contracts/inbox';
import { settings } from '../../src/plugins/email-connect/shared/contracts/settings';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { onContacts, ours, threadsOn } from '../support/mail-as';
import { cleo, startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { press } from '../support/press';
import { rowsOf } from '../support/scene-database';
import { ask } from '../support/unlogged-scene';

jest.setTimeout(60_000);

let mail: MailScene;
/** Connects inboxes and writes, and reads all contacts. */
let vic: AdminClient;
/** Manages inboxes. */
let manager: AdminClient;
/** Cleo's address, as an inbox of Vic's. */
let hers = '';

const onCleo = async () =>
  (await threadsOn(mail.admin, mail.contactDocumentId)).map(({ subject }) => subject);
const inboxOf = (documentId: string, caller: AdminClient) =>
  ask({ admin: caller }, inboxContract, 'GET', `/inboxes/${documentId}`);
const judge = (caller: AdminClient, address: string, isTeamAddress: boolean) =>
  caller.call('PUT', `/email-connect/inboxes/${hers}/team-address`, { address, isTeamAddress });
const audit = (action: string) =>
  rowsOf(
    mail.scene,
    z.object({ outcome: z.string(), facts: z.string() }),
    `select outcome, facts from email_connect_audit where action = '${action}' order by id`
  ).map(({ outcome, facts }) => ({ outcome, ...(JSON.parse(facts) as object) }));
const connect = async (caller: AdminClient, address: string, { password } = cleo) => {
  const { consentTextVersion } = await ask({ admin: caller }, settings, 'GET', '/settings');
  const form = { ...mail.scene.inboxForm(cleo.address, password), address, consentTextVersion };
  return ask({ admin: caller }, inboxContract, 'POST', '/inboxes', form);
};
const inHerName = (inboxDocumentId: string) =>
  press({
    contactDocumentId: mail.contactDocumentId,
    to: us.address,
    subject: 'In her name',
    inboxDocumentId,
  });

beforeAll(async () => {
  mail = await startMailScene();
  const { url, admin } = mail.scene.strapi;
  const client = async (who: string, actions: Parameters<typeof addAdminUser>[2]) =>
    adminClient(url, await addAdminUser(admin, who, actions));
  const connects = ours('threads.read', 'messages.send', 'inboxes.read', 'inboxes.connect');
  vic = await client('vic', [...connects, onContacts('read')]);
  manager = await client('manager', [...connects, ...ours('inboxes.manage')]);
  await mail.send('Offer');
}, 150_000);
afterAll(() => mail.end());

test('w51: an address on no contact, and that of an inbox from before, count as ever', async () => {
  expect((await inboxOf(mail.inboxDocumentId, manager)).teamAddress).toBe('confirmed');
  await mail.scene.run('update email_connect_inboxes set is_team_address = null');
  expect((await inboxOf(mail.inboxDocumentId, manager)).teamAddress).toBe('confirmed');
  await mail.scene.crm.createContact({ name: 'Uma', email: us.address, company: '' });
  expect(await onCleo()).toEqual(['Offer']);
});

test("w51: who connects a customer's address is told that it is not the team's, and hides nothing", async () => {
  const connected = await connect(vic, cleo.address);
  hers = connected.documentId;
  expect(connected).toMatchObject({ seenAs: 'owner', ownedByYou: true, teamAddress: 'unconfirmed' });
  expect(await onCleo()).toEqual(['Offer']);
  mail.deliver(await mail.replyTo('Offer', { text: 'Yes please.' }));
  const [thread] = await threadsOn(mail.admin, mail.contactDocumentId);
  await mail.waitForMessages(thread?.documentId ?? '', 2);
  expect(await threadsOn(mail.admin, mail.contactDocumentId)).toMatchObject([{ messageCount: 2 }]);
});

test('w51: nor sends in her name', async () => {
  expect(await vic.refused('POST', '/email-connect/messages', inHerName(hers))).toMatchObject({
    status: 409,
    code: 'ADDRESS_UNCONFIRMED',
  });
  const there = mail.server.mailbox(us.address).messages('INBOX');
  expect(there.filter(({ raw }) => raw.includes('Subject: In her name'))).toEqual([]);
});

test('w51: whoever connected it does not confirm it, and that they tried is on record', async () => {
  expect((await judge(vic, cleo.address, true)).status).toBe(403);
  expect(audit('inbox.address-confirmed')).toEqual([{ outcome: 'refused' }]);
  expect((await inboxOf(hers, vic)).teamAddress).toBe('unconfirmed');
});

test('w51: a manager confirms the address that they saw, and no other; then it is the team’s', async () => {
  expect((await judge(manager, 'cleo@elsewhere.test', true)).status).toBe(409);
  expect(await onCleo()).toEqual(['Offer']);
  expect((await judge(manager, 'Cleo@customer.test', true)).status).toBe(200);
  expect(audit('inbox.address-confirmed').at(-1)).toEqual({ outcome: 'ok', address: 'Cleo@customer.test' });
  expect((await inboxOf(hers, vic)).teamAddress).toBe('confirmed');
  // What was written from the record stands there all the same: none of it by her address.
  expect(await threadsOn(mail.admin, mail.contactDocumentId)).toMatchObject([{ messageCount: 1 }]);
  expect((await vic.call('POST', '/email-connect/messages', inHerName(hers))).status).toBe(200);
});

test('w51: and takes it back: her mail is hers again', async () => {
  expect((await judge(manager, cleo.address, false)).status).toBe(200);
  expect(audit('inbox.address-disowned')).toEqual([{ outcome: 'ok', address: cleo.address }]);
  expect(await threadsOn(mail.admin, mail.contactDocumentId)).toContainEqual(
    expect.objectContaining({ subject: 'Offer', messageCount: 2 })
  );
});

test("w51: nor is a customer's address come by in two steps", async () => {
  await vic.call('POST', `/email-connect/inboxes/${hers}/actions/disconnect`);
  const { documentId, teamAddress } = await connect(vic, 'vic@crm.test');
  expect(teamAddress).toBe('confirmed');
  const form = { ...mail.scene.inboxForm(cleo.address, cleo.password), address: cleo.address };
  const edited = await ask({ admin: vic }, inboxContract, 'PUT', `/inboxes/${documentId}`, form);
  expect(edited.teamAddress).toBe('unconfirmed');
  expect(await onCleo()).toContain('Offer');
});

test('w51: an address in a domain of the site needs nobody’s word', async () => {
  const strict = await startMailScene({ EMAIL_CONNECT_TEAM_DOMAINS: 'crm.test' });
  try {
    const { url, token } = { url: strict.scene.strapi.url, token: strict.scene.strapi.admin.token };
    expect(
      await inboxOf(strict.inboxDocumentId, adminClient(url, token)).then((one) => one.teamAddress)
    ).toBe('settings');
  } finally {
    await strict.end();
  }
}, 150_000);
