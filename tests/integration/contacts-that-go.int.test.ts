import { threadPage } from '../../src/plugins/email-connect/shared/contracts/thread';
import type { AdminClient } from '../support/admin-client';
import { adminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { contactType, onContacts, ours, statusOf, threadsOn } from '../support/mail-as';
import { cleo, startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { filesHolding, filesBelow } from '../support/search-files';
import { ask } from '../support/unlogged-scene';

jest.setTimeout(60_000);

const contacts = `/content-manager/collection-types/${contactType}`;

let mail: MailScene;
/** Manages inboxes, and reads no record. */
let manager: AdminClient;
let cleoRecord = '';

const create = async (data: object): Promise<string> => {
  const answer = await mail.admin.call('POST', contacts, data);
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { data: { documentId: string } }).data.documentId;
};
const remove = async (documentId: string): Promise<void> => {
  const answer = await mail.admin.call('DELETE', `${contacts}/${documentId}`);
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
};

beforeAll(async () => {
  mail = await startMailScene();
  const { url, admin } = mail.scene.strapi;
  manager = adminClient(
    url,
    await addAdminUser(admin, 'manager', ours('threads.read', 'threads.manage', 'inboxes.manage'))
  );
  await remove(mail.contactDocumentId);
}, 150_000);
afterAll(() => mail.end());
beforeEach(async () => {
  cleoRecord = await create({ name: 'Cleo', email: cleo.address });
});

/** From the record of this test. */
const sentToCleo = (subject: string) =>
  mail.scene.crm.send({
    contactDocumentId: cleoRecord,
    answersDocumentId: null,
    to: [cleo.address],
    cc: [],
    bcc: [],
    subject,
    text: 'Hello Cleo',
    html: '',
  });

test('S45, w71, w75: nothing more is read for a conversation whose last record was deleted', async () => {
  const { threadDocumentId: thread } = await sentToCleo('Offer');
  expect(await statusOf(manager, `/threads/${thread}`)).toBe(404);
  await remove(cleoRecord);
  expect(await mail.scene.crm.readThread(thread)).toMatchObject({ state: 'muted', messageCount: 1 });
  expect(await statusOf(manager, `/threads/${thread}`)).toBe(200);

  const secret = 'canary-of-a-later-reply';
  mail.deliver(await mail.replyTo('Offer', { text: secret }));
  await mail.pass();
  expect((await mail.scene.crm.readThread(thread)).messages).toHaveLength(1);
  expect(filesHolding(secret, filesBelow(mail.scene.dir))).toEqual([]);

  const state = { state: 'open' };
  expect((await manager.call('POST', `/email-connect/threads/${thread}/state`, state)).status).toBe(200);
  mail.deliver(await mail.replyTo('Offer', { text: 'Somebody had it logged again.' }));
  await mail.waitForMessages(thread, 2);
});

describe('S37: the question what becomes of the mail', () => {
  const questionOf = (documentId: string) => `/records/${contactType}/${documentId}/deletion`;
  const choose = (who: AdminClient, documentId: string, choice: unknown) =>
    who.call('PUT', `/email-connect${questionOf(documentId)}`, choice);

  test('w72: is answered by who deletes; what was erased does not come back', async () => {
    const { threadDocumentId: thread } = await sentToCleo('Erased');
    mail.deliver(await mail.replyTo('Erased', { text: 'Yes please.' }));
    await mail.waitForMessages(thread, 2);
    await mail.pass();
    // w39: with the conversation of the record before, by its address.
    const listed = await threadsOn(mail.admin, cleoRecord);
    expect(listed.length).toBe(2);
    const messages = listed.reduce((sum, { messageCount }) => sum + messageCount, 0);
    const asked = await mail.admin.call('GET', `/email-connect${questionOf(cleoRecord)}`);
    expect(await asked.json()).toMatchObject({ messages, otherwise: 'keep' });
    expect((await choose(mail.admin, cleoRecord, { kind: 'erase' })).status).toBe(200);
    await remove(cleoRecord);
    await mail.pass();
    expect(await mail.scene.crm.readThread(thread)).toMatchObject({ state: 'unlogged', messages: [] });
  });

  const mayDelete = { action: 'plugin::content-manager.explorer.delete', subject: contactType };

  test('is put to nobody who may not read the contact, remove its mail, or delete it', async () => {
    const { url, admin } = mail.scene.strapi;
    const client = async (name: string, actions: Parameters<typeof addAdminUser>[2]) =>
      adminClient(url, await addAdminUser(admin, name, actions));
    const reads = await client('reads', [...ours('threads.read'), onContacts('read'), mayDelete]);
    const keeps = await client('keeps', [...ours('threads.read', 'threads.manage'), onContacts('read')]);
    for (const [who, status] of [
      [manager, 404],
      [reads, 403],
      [keeps, 403],
    ] as const) {
      expect(await statusOf(who, questionOf(cleoRecord))).toBe(status);
      expect((await choose(who, cleoRecord, { kind: 'erase' })).status).toBe(status);
    }
    expect((await choose(mail.admin, cleoRecord, { kind: 'sell' })).status).toBe(400);
    await remove(cleoRecord);
  });
});

describe('S45: mail without a contact', () => {
  let owner: AdminClient;
  let other: AdminClient;
  const listFor = async (who: AdminClient, query = '') =>
    ask({ admin: who }, threadPage, 'GET', `/unassigned-threads${query}`);

  beforeAll(async () => {
    const { url, admin } = mail.scene.strapi;
    const decides = ours('threads.read', 'threads.manage');
    owner = adminClient(url, await addAdminUser(admin, 'owner', decides));
    other = adminClient(url, await addAdminUser(admin, 'other', decides));
  });

  test('w47, w48: is listed for managers and for the owner of its inbox, who open and erase it', async () => {
    const before = (await listFor(manager)).total;
    const [first, second] = [await sentToCleo('First'), await sentToCleo('Second')];
    expect((await listFor(manager)).total).toBe(before);
    await remove(cleoRecord);
    await mail.scene.run(
      `update email_connect_inboxes set owner_document_id =
        (select document_id from admin_users where email = 'owner@example.com')`
    );
    const threads = [second.threadDocumentId, first.threadDocumentId];
    for (const who of [manager, owner]) {
      const listed = await listFor(who, '?limit=2');
      expect(listed.total).toBeGreaterThanOrEqual(2);
      expect(listed.threads.map(({ documentId }) => documentId)).toEqual(threads);
      expect(listed.threads[0]).toMatchObject({ subject: 'Second', messageCount: 1, state: 'muted' });
      for (const thread of threads) expect(await statusOf(who, `/threads/${thread}`)).toBe(200);
    }
    expect(await listFor(other)).toEqual({ threads: [], total: 0 });
    expect(await statusOf(other, `/threads/${threads[0]}`)).toBe(404);

    const { messages } = await mail.scene.crm.readThread(first.threadDocumentId);
    const message = `/email-connect/messages/${messages[0]?.documentId}`;
    expect((await manager.call('DELETE', message)).status).toBe(200);
    const conversation = `/email-connect/threads/${second.threadDocumentId}/unlog`;
    expect((await owner.call('POST', conversation, {})).status).toBe(200);
    const left = (await listFor(manager, '?limit=100')).threads.map(({ documentId }) => documentId);
    expect(left).not.toEqual(expect.arrayContaining([threads[0]]));
    expect(left).not.toEqual(expect.arrayContaining([threads[1]]));
  });
});
