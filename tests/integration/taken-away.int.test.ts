import { z } from 'zod';
import { messagePage } from '../../src/plugins/email-connect/shared/contracts/message';
import { thread as threadContract } from '../../src/plugins/email-connect/shared/contracts/thread';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { onContacts, ours, statusOf, threadsOn } from '../support/mail-as';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { rowsOf } from '../support/scene-database';
import { ask } from '../support/unlogged-scene';

jest.setTimeout(60_000);

let mail: MailScene;
/** Reads all contacts, and owns no inbox. */
let reader: AdminClient;
/** Owns the inbox, and reads no contact. */
let owner: AdminClient;
/** Manages inboxes, and reads no contact. */
let manager: AdminClient;

const onCleo = () => threadsOn(reader, mail.contactDocumentId);
const blockOwner = async (): Promise<void> => {
  const where = "where email = 'owner@example.com'";
  const [user] = rowsOf(mail.scene, z.object({ id: z.number() }), `select id from admin_users ${where}`);
  expect((await mail.admin.call('PUT', `/admin/users/${user?.id}`, { isActive: false })).status).toBe(200);
};

beforeAll(async () => {
  mail = await startMailScene();
  const { url, admin } = mail.scene.strapi;
  const client = async (name: string, actions: Parameters<typeof addAdminUser>[2]) =>
    adminClient(url, await addAdminUser(admin, name, actions));
  const decides = ours('threads.read', 'threads.manage', 'inboxes.read');
  reader = await client('reader', [...decides, onContacts('read')]);
  owner = await client('owner', decides);
  manager = await client('manager', [...decides, ...ours('inboxes.manage')]);
}, 150_000);
afterAll(() => mail.end());

/** Of what the admin sent: only who owns an inbox sends. */
const sent = async (subject: string): Promise<string> => {
  const ownedBy = (email: string) =>
    mail.scene.run(
      `update email_connect_inboxes set owner_document_id =
        (select document_id from admin_users where email = '${email}')`
    );
  const [first] = rowsOf(
    mail.scene,
    z.object({ email: z.string() }),
    'select email from admin_users order by id limit 1'
  );
  await ownedBy(first?.email ?? '');
  const { threadDocumentId } = await mail.send(subject);
  await ownedBy('owner@example.com');
  return threadDocumentId;
};

test('w25: an un-logged conversation stands nowhere; only its owner and managers have it logged again', async () => {
  const thread = await sent('Un-logged');
  const one = `/threads/${thread}`;
  const decide = async (caller: AdminClient, verb: string) =>
    (await caller.call('POST', `/email-connect${one}/${verb}`, {})).status;
  const seen = () => Promise.all([reader, owner, manager].map((who) => statusOf(who, one)));
  expect(await seen()).toEqual([200, 200, 404]);
  for (const caller of [owner, manager]) {
    expect(await decide(mail.admin, 'unlog')).toBe(200);
    expect(await onCleo()).toEqual([]);
    expect(await seen()).toEqual([404, 200, 200]);
    expect(await decide(reader, 'relog')).toBe(404);
    expect(await decide(caller, 'relog')).toBe(200);
    const again = await ask({ admin: caller }, threadContract, 'GET', one);
    expect(again).toMatchObject({ state: 'open', messageCount: 0, contacts: [] });
  }
});

test("w45: nothing is shown to a blocked user, and their inbox's mail stands where it stood", async () => {
  const thread = await sent('Offer');
  mail.deliver(await mail.replyTo('Offer', { text: 'Yes please.' }));
  await mail.waitForMessages(thread, 2);
  const paths = [`/threads/${thread}`, `/threads/${thread}/messages`, '/news', '/inboxes'];
  const statuses = () => Promise.all(paths.map((path) => statusOf(owner, path)));
  expect(await statuses()).toEqual([200, 200, 200, 200]);
  const { messages } = await ask({ admin: owner }, messagePage, 'GET', `/threads/${thread}/messages`);
  paths.push(`/messages/${messages[0]?.documentId}`);
  const before = await onCleo();
  expect(before).toMatchObject([{ documentId: thread, messageCount: 2 }]);

  await blockOwner();
  expect(await statuses()).toEqual([401, 401, 401, 401, 401]);
  expect(await onCleo()).toEqual(before);
  mail.deliver(await mail.replyTo('Offer', { text: 'Are you still there?' }));
  await mail.waitForMessages(thread, 3);
  expect(await onCleo()).toMatchObject([
    { documentId: thread, messageCount: 3, preview: expect.stringContaining('still there') },
  ]);
});
