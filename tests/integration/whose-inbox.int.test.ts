import { z } from 'zod';
import { seenInbox, seenInboxPage } from '../../src/plugins/email-connect/shared/contracts/inbox';
import { messagePage } from '../../src/plugins/email-connect/shared/contracts/message';
import { ownership } from '../../src/plugins/email-connect/shared/contracts/ownership';
import { settings } from '../../src/plugins/email-connect/shared/contracts/settings';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { onContacts, ours, statusOf } from '../support/mail-as';
import { cleo, startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { press } from '../support/press';
import { rowsOf } from '../support/scene-database';
import { ask } from '../support/unlogged-scene';

jest.setTimeout(60_000);

let mail: MailScene;
/** May connect inboxes and write, and reads no contact. */
let vic: AdminClient;
/** The same, by another role. */
let wim: AdminClient;
/** Sends, and reads contacts; no role lets them connect an inbox. */
let seller: AdminClient;
/** Manages inboxes, and reads no contact. */
let manager: AdminClient;
let thread = '';

const inbox = (path = '') => `/inboxes/${mail.inboxDocumentId}${path}`;
const idOf = (name: string, table = 'admin_users', column = 'email', value = `${name}@example.com`) =>
  rowsOf(
    mail.scene,
    z.object({ document_id: z.string() }),
    `select document_id from ${table} where ${column} = '${value}'`
  )[0]?.document_id ?? '';
const user = (name: string) => ({ kind: 'user', documentId: idOf(name) });
const role = (name: string) => ({
  kind: 'role',
  documentId: idOf('', 'admin_roles', 'name', `Role of ${name}`),
});
const audit = (action: string) =>
  rowsOf(
    mail.scene,
    z.object({ outcome: z.string(), facts: z.string() }),
    `select outcome, facts from email_connect_audit where action = '${action}' order by id`
  ).map(({ outcome, facts }) => ({ outcome, ...(JSON.parse(facts) as object) }));

const name = async (caller: AdminClient, ...named: object[]) =>
  ask({ admin: caller }, ownership, 'PUT', inbox('/named'), { named });
const handOver = (caller: AdminClient, to: string) =>
  caller.call('PUT', `/email-connect${inbox('/owner')}`, { ownerDocumentId: idOf(to) });
const sees = async (caller: AdminClient) => (await statusOf(caller, `/threads/${thread}`)) === 200;
const messagesOf = async (caller: AdminClient) =>
  (await ask({ admin: caller }, messagePage, 'GET', `/threads/${thread}/messages`)).messages;
const settingsOf = (caller: AdminClient) => ask({ admin: caller }, settings, 'GET', '/settings');
const form = (inboxDocumentId: string | null) =>
  press({ contactDocumentId: mail.contactDocumentId, to: cleo.address, subject: 'From us', inboxDocumentId });

beforeAll(async () => {
  mail = await startMailScene();
  const { url, admin } = mail.scene.strapi;
  const client = async (who: string, actions: Parameters<typeof addAdminUser>[2]) =>
    adminClient(url, await addAdminUser(admin, who, actions));
  const connects = ours('threads.read', 'messages.send', 'inboxes.read', 'inboxes.connect');
  vic = await client('vic', connects);
  wim = await client('wim', connects);
  seller = await client('seller', [
    ...ours('threads.read', 'messages.send', 'inboxes.read'),
    onContacts('read'),
  ]);
  manager = await client('manager', [...connects, ...ours('inboxes.manage')]);
  const bcc = { to: [cleo.address], cc: [], bcc: ['dora@customer.test'], subject: 'Offer', text: 'Hello' };
  const sent = await mail.scene.crm.send({
    contactDocumentId: mail.contactDocumentId,
    answersDocumentId: null,
    html: '',
    ...bcc,
  });
  thread = sent.threadDocumentId;
}, 150_000);
afterAll(() => mail.end());

describe('who is named on an inbox', () => {
  afterEach(() => name(mail.admin));

  test('w70: sees its mail, with its Bcc, from the next request on, by name or by a role', async () => {
    expect(await Promise.all([vic, wim].map(sees))).toEqual([false, false]);
    await name(mail.admin, user('vic'), role('wim'));
    expect(await Promise.all([vic, wim, manager].map(sees))).toEqual([true, true, false]);
    expect((await messagesOf(wim)).map(({ bcc }) => bcc.map(({ address }) => address))).toEqual([
      ['dora@customer.test'],
    ]);
    await name(mail.admin, user('vic'));
    expect(await Promise.all([vic, wim].map(sees))).toEqual([true, false]);
    expect(audit('inbox.shared').slice(0, 2)).toEqual([
      { outcome: 'ok', users: user('vic').documentId, roles: role('wim').documentId },
      { outcome: 'ok', users: user('vic').documentId, roles: '' },
    ]);
  });

  test('w70, S36: changes nothing of it, sees none of its settings, and names nobody', async () => {
    await name(mail.admin, user('vic'));
    const [listed] = await ask(
      { admin: vic },
      z.object({ inboxes: z.array(seenInbox) }),
      'GET',
      '/inboxes'
    ).then(({ inboxes }) => inboxes);
    expect(listed).toMatchObject({ seenAs: 'colleague', sharedWithYou: true });
    expect(await ask({ admin: vic }, seenInboxPage, 'GET', inbox())).toEqual(listed);
    const refused: [string, string, unknown][] = [
      ['GET', '/ownership', undefined],
      ['PUT', '/named', { named: [role('wim')] }],
      ['PUT', '/owner', { ownerDocumentId: user('vic').documentId }],
      ['POST', '/actions/disconnect', undefined],
      ['POST', '/search', { subject: 'Offer' }],
      ['GET', '/outgoing', undefined],
    ];
    for (const [method, path, body] of refused) {
      expect(await vic.refused(method, `/email-connect${inbox(path)}`, body)).toMatchObject({
        status: 403,
        code: 'NOT_ALLOWED',
      });
    }
    expect(audit('inbox.handed-over').at(-1)).toEqual({ outcome: 'refused' });
    expect((await ask({ admin: mail.admin }, ownership, 'GET', inbox('/ownership'))).named).toMatchObject([
      user('vic'),
    ]);
  });

  test('w70: sends from it, and from no other inbox', async () => {
    expect((await settingsOf(seller)).sendingInboxes).toEqual([]);
    expect(await seller.refused('POST', '/email-connect/messages', form(mail.inboxDocumentId))).toMatchObject(
      {
        status: 403,
        code: 'NOT_ALLOWED',
      }
    );
    await name(mail.admin, user('seller'));
    expect(await settingsOf(seller)).toMatchObject({
      yourInbox: null,
      ownInboxes: [{ documentId: mail.inboxDocumentId }],
      sendingInboxes: [{ documentId: mail.inboxDocumentId, address: 'uma@crm.test' }],
    });
    const sent = await seller.call('POST', '/email-connect/messages', form(mail.inboxDocumentId));
    expect([sent.status, await sent.json()]).toMatchObject([200, { deliveryStatus: 'sent' }]);
    expect(mail.received('From us').toString()).toMatch(/^From: .*uma@crm\.test/m);
    expect((await seller.refused('POST', '/email-connect/messages', form(null))).code).toBe(
      'INBOX_NOT_CONNECTED'
    );
  });

  test('S3: who connects an inbox is not told all addresses with which people log in', async () => {
    const { owner, choices } = await name(mail.admin, user('vic'));
    expect(owner).toEqual({ documentId: idOf('admin'), name: 'Ada Admin', isActive: true });
    expect(choices).toEqual(
      expect.arrayContaining([
        { ...user('vic'), name: 'vic Admin', mayOwn: true },
        { ...user('seller'), name: 'seller Admin', mayOwn: false },
        { ...role('wim'), name: 'Role of wim', mayOwn: false },
      ])
    );
    expect(JSON.stringify(choices)).not.toContain('@');
  });
});

describe('w70: an inbox is handed over', () => {
  test('not to who has no permission for inboxes, nor to a blocked user', async () => {
    const [{ id = 0 } = {}] = rowsOf(
      mail.scene,
      z.object({ id: z.number() }),
      "select id from admin_users where email = 'wim@example.com'"
    );
    expect((await mail.admin.call('PUT', `/admin/users/${id}`, { isActive: false })).status).toBe(200);
    for (const to of ['seller', 'wim', 'nobody-at-all']) {
      const body = { ownerDocumentId: idOf(to) || 'nobody' };
      expect(await manager.refused('PUT', `/email-connect${inbox('/owner')}`, body)).toMatchObject({
        status: 400,
        code: 'OWNER_NOT_ALLOWED',
      });
    }
    expect(audit('inbox.handed-over').at(-1)).toEqual({
      outcome: 'refused',
      from: idOf('admin'),
      to: 'nobody',
    });
  });

  test('by a manager: its mail is his own, and hers as any other, on record', async () => {
    expect((await handOver(manager, 'vic')).status).toBe(200);
    expect(audit('inbox.handed-over').at(-1)).toEqual({
      outcome: 'ok',
      from: idOf('admin'),
      to: idOf('vic'),
    });
    expect(await Promise.all([vic, manager].map(sees))).toEqual([true, false]);
    expect(await ask({ admin: vic }, seenInboxPage, 'GET', inbox())).toMatchObject({
      seenAs: 'owner',
      ownedByYou: true,
    });
    expect(await settingsOf(vic)).toMatchObject({ yourInbox: { address: 'uma@crm.test' } });
    // She reads Cleo, and is told of no Bcc any more.
    expect((await messagesOf(mail.admin)).flatMap(({ bcc }) => bcc)).toEqual([]);
    expect(await settingsOf(mail.admin)).toMatchObject({ yourInbox: null, ownInboxes: [] });
  });

  test('its passwords stay: it goes on reading, and what is to go out goes out', async () => {
    await mail.pass();
    const { state, consentGivenAt } = await mail.readInbox();
    expect([state, typeof consentGivenAt]).toEqual(['ok', 'string']);
    expect((await mail.admin.refused('POST', '/email-connect/messages', form(null))).code).toBe(
      'INBOX_NOT_CONNECTED'
    );
  });

  test('by its owner; who lost it hands over and names nothing more', async () => {
    expect((await handOver(vic, 'manager')).status).toBe(200);
    expect(await Promise.all([vic, manager].map(sees))).toEqual([false, true]);
    expect((await handOver(vic, 'vic')).status).toBe(403);
    expect(await statusOf(vic, inbox('/ownership'))).toBe(403);
  });
});
