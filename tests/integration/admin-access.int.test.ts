import { z } from 'zod';
import {
  inbox,
  inboxWithFolders,
  seenInbox,
  seenInboxPage,
} from '../../src/plugins/email-connect/shared/contracts/inbox';
import { outgoingList } from '../../src/plugins/email-connect/shared/contracts/outgoing';
import { settings } from '../../src/plugins/email-connect/shared/contracts/settings';
import { adminRoutes } from '../../src/plugins/email-connect/server/src/routes/admin';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { cleo, startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { plantSettings } from '../support/plant-settings';
import { rowsOf } from '../support/scene-database';

jest.setTimeout(60_000);

const contactType = 'plugin::email-connect.contact';
const ours = (...names: string[]) => names.map((name) => ({ action: `plugin::email-connect.${name}` }));

let mail: MailScene;
/** May do everything with an inbox of their own, and has none. */
let other: AdminClient;
/** May manage the mail of contacts, and read no contact. */
let blind: AdminClient;
/** May read mail and contacts, and manage nothing. */
let reader: AdminClient;
/** May manage everybody's inboxes. */
let manager: AdminClient;
/** May write from contacts that they may read, and has no inbox. */
let writer: AdminClient;
/** May send, and read no contact. */
let sender: AdminClient;
let nobody: AdminClient;
let thread = '';
let message = '';

beforeAll(async () => {
  mail = await startMailScene();
  const { strapi } = mail.scene;
  const client = async (name: string, actions: Parameters<typeof addAdminUser>[2]) =>
    adminClient(strapi.url, await addAdminUser(strapi.admin, name, actions));
  const contacts = { action: 'plugin::content-manager.explorer.read', subject: contactType };
  other = await client('other', ours('inboxes.read', 'inboxes.connect', 'threads.read'));
  blind = await client('blind', ours('threads.read', 'threads.manage'));
  reader = await client('reader', [...ours('threads.read', 'inboxes.read'), contacts]);
  manager = await client('manager', ours('inboxes.read', 'inboxes.manage'));
  writer = await client('writer', [...ours('threads.read', 'messages.send'), contacts]);
  sender = await client('sender', ours('threads.read', 'messages.send'));
  nobody = await client('nobody', []);
  ({ threadDocumentId: thread, messageDocumentId: message } = await mail.send('Offer'));
}, 150_000);

afterAll(() => mail.end());

/** Its address with what is there in place of the names. */
const addressOf = (path: string): string =>
  `/email-connect${path}`
    .replace(':contactType/:documentId', `${contactType}/${mail.contactDocumentId}`)
    .replace('/inboxes/:documentId', `/inboxes/${mail.inboxDocumentId}`)
    .replace('/threads/:documentId', `/threads/${thread}`)
    .replace('/messages/:documentId', `/messages/${message}`)
    .replace(':documentId', 'nothing')
    .replace('/backfill/:action', '/backfill/pause')
    .replace(':action', 'sync');

const all = adminRoutes().routes.map(({ method, path }): [string, string] => [method, path]);
const audit = () =>
  rowsOf(
    mail.scene,
    z.object({ subject: z.string(), outcome: z.string() }),
    'select subject, outcome from email_connect_audit order by id'
  );

describe('S33, S37: every route of the admin panel', () => {
  test.each(all)('%s %s: not without a login, not with an API token', async (method, path) => {
    const { url, admin } = mail.scene.strapi;
    const token = await admin.apiToken({ type: 'full-access' });
    for (const caller of [adminClient(url, ''), adminClient(url, 'wrong'), adminClient(url, token)]) {
      const answer = await caller.call(method, addressOf(path), method === 'GET' ? undefined : {});
      expect([401, 403]).toContain(answer.status);
      expect(await answer.text()).not.toMatch(/Offer|cleo|uma@/);
    }
  });

  test.each(all.filter(([, path]) => path !== '/settings'))(
    'w40: %s %s: not without the permission',
    async (method, path) => {
      const answer = await nobody.call(method, addressOf(path), method === 'GET' ? undefined : {});
      expect(answer.status).toBe(403);
      expect(await answer.text()).not.toMatch(/Offer|cleo|uma@/);
    }
  );
});

describe('S37, S51: mail on its way out of somebody else’s inbox', () => {
  const stageOf = () =>
    rowsOf(
      mail.scene,
      z.object({ stage: z.string() }),
      `select stage from email_connect_outbox where message_document_id = '${message}'`
    );
  const standAt = (stage: string) =>
    mail.scene.run(
      `update email_connect_outbox set stage = '${stage}' where message_document_id = '${message}'`
    );

  afterAll(() => standAt('filed'));

  test.each<[string, string, unknown]>([
    ['queued', 'cancel', {}],
    ['held', 'cancel', {}],
    ['held', 'release', {}],
    ['asked', 'settle', { answer: 'went-out' }],
    ['asked', 'settle', { answer: 'did-not' }],
    ['asked', 'settle', { answer: 'send-again' }],
  ])('that is %s: %s is for its owner, whoever may read and write there', async (stage, verb, body) => {
    // Not due: nobody but the callers does anything with it.
    await mail.scene.run(
      `update email_connect_outbox set next_attempt_at = null where message_document_id = '${message}'`
    );
    await standAt(stage);
    const path = `/email-connect/messages/${message}/${verb}`;
    expect(await writer.refused('POST', path, body)).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
    expect(await sender.refused('POST', path, body)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(stageOf()).toEqual([{ stage }]);
  });
});

describe('S36: what belongs to an inbox’s owner', () => {
  /** Stands in every setting that a person can choose, and in what the server said. */
  const canary = 'canary4711';
  const path = () => `/email-connect/inboxes/${mail.inboxDocumentId}`;
  const list = z.object({ inboxes: z.array(seenInbox) });
  const bodyOf = async (caller: AdminClient, asked: string) => {
    const answer = await caller.call('GET', asked);
    return { status: answer.status, text: await answer.text() };
  };
  const secrets = new RegExp(
    `${canary}|localhost|INBOX|"(?:imap|smtp|host|port|username|pinnedCertificate|logAddress|trustedAuthServers|sentCopy|sentFolderPath|folders|stateReason|consentGivenAt|policy|provider|lastFailure)"`
  );
  let takeOut: () => Promise<void>;

  beforeAll(async () => {
    takeOut = await plantSettings(mail.scene, canary);
  });
  afterAll(() => takeOut());

  test('is in the list and on the page of nobody else: they see which it is and how it is', async () => {
    for (const caller of [other, reader]) {
      const all = await bodyOf(caller, '/email-connect/inboxes');
      const one = await bodyOf(caller, path());
      expect([all.status, one.status]).toEqual([200, 200]);
      expect(all.text + one.text).not.toMatch(secrets);
      const seen = seenInboxPage.parse(JSON.parse(one.text));
      expect(list.parse(JSON.parse(all.text)).inboxes).toEqual([seen]);
      expect(seen).toMatchObject({
        seenAs: 'colleague',
        address: 'uma@crm.test',
        state: 'paused',
        stateCode: 'LOGIN_REFUSED',
      });
    }
  });

  test('is there for the owner, and for who manages all inboxes', async () => {
    for (const caller of [mail.admin, manager]) {
      const one = inboxWithFolders.parse(JSON.parse((await bodyOf(caller, path())).text));
      expect(one).toMatchObject({ logAddress: `uma+${canary}@crm.test`, stateReason: `535 ${canary}` });
      expect(one.folders.length).toBeGreaterThan(0);
      const { text } = await bodyOf(caller, '/email-connect/inboxes');
      expect(z.object({ inboxes: z.array(inbox) }).parse(JSON.parse(text)).inboxes).toHaveLength(1);
    }
  });

  test('is in no other answer to them either, nor in the words of a refusal', async () => {
    for (const [method, route] of all.filter(([, of]) => !/news|threads|messages|actions/.test(of)))
      for (const caller of [other, reader]) {
        const answer = await caller.call(method, addressOf(route), method === 'GET' ? undefined : {});
        expect([method, route, await answer.text()]).toEqual([
          method,
          route,
          expect.not.stringMatching(canary),
        ]);
      }
  });
});

const location = { folderPath: 'INBOX', uidValidity: '1', imapUid: 1 };
const policy = { policy: 'replies', logAddress: '', trustedAuthServers: 'known' };

describe('S37: the affairs of another user’s inbox', () => {
  test.each<[string, string, unknown]>([
    ['GET', '/outgoing', undefined],
    ['GET', '/quarantine', undefined],
    ['POST', '/quarantine/retry', { location: null }],
    ['GET', '/suggestions', undefined],
    ['POST', '/suggestions/accept', { location }],
    ['POST', '/suggestions/dismiss', { location }],
    ['POST', '/search', { subject: 'Offer' }],
    ['POST', '/explain', { messageId: 'a@b' }],
    ['POST', '/log', { location }],
    ['PUT', '/policy', policy],
    ['POST', '/dry-run', { since: '2026-01-01' }],
    ['GET', '/backfill', undefined],
    ['POST', '/backfill', { since: '2026-01-01' }],
    ['POST', '/backfill/pause', undefined],
  ])('%s %s is refused, on record, and asks nothing of the mailbox', async (method, path, body) => {
    const before = audit().length;
    const logins = mail.server.transcript.filter(({ line }) => / (LOGIN|AUTHENTICATE) /i.test(line)).length;
    expect(
      await other.refused(method, `/email-connect/inboxes/${mail.inboxDocumentId}${path}`, body)
    ).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
    expect(audit().slice(before)).toEqual([{ subject: mail.inboxDocumentId, outcome: 'refused' }]);
    expect(mail.server.transcript.filter(({ line }) => / (LOGIN|AUTHENTICATE) /i.test(line))).toHaveLength(
      logins
    );
  });

  test('S4: what of its mail is held is shown to its owner and to who manages all, to nobody else', async () => {
    const path = `/email-connect/inboxes/${mail.inboxDocumentId}/outgoing`;
    const where = `where message_document_id = '${message}'`;
    await mail.scene.run(`update email_connect_outbox set stage = 'held' ${where}`);
    for (const caller of [mail.admin, manager]) {
      expect(outgoingList.parse(await (await caller.call('GET', path)).json()).mails).toEqual([
        expect.objectContaining({
          messageDocumentId: message,
          threadDocumentId: thread,
          subject: 'Offer',
          deliveryStatus: 'held',
          to: [expect.objectContaining({ address: cleo.address })],
        }),
      ]);
    }
    for (const caller of [other, reader]) {
      expect(await caller.refused('GET', path)).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
    }
    // w58: managers mend an inbox whose owner shows its mail to nobody, and are told the facts.
    const ofInbox = `where document_id = '${mail.inboxDocumentId}'`;
    await mail.scene.run(`update email_connect_inboxes set level = 'private' ${ofInbox}`);
    for (const [caller, subject] of [[mail.admin, 'Offer'] as const, [manager, null] as const])
      expect(outgoingList.parse(await (await caller.call('GET', path)).json()).mails).toMatchObject([
        { messageDocumentId: message, subject },
      ]);
    await mail.scene.run(`update email_connect_inboxes set level = 'full' ${ofInbox}`);
    await mail.scene.run(`update email_connect_outbox set stage = 'filed' ${where}`);
    expect(outgoingList.parse(await (await mail.admin.call('GET', path)).json()).mails).toEqual([]);
  });

  test('S4: everybody learns which inboxes are theirs, and of no other', async () => {
    const ownOf = async (caller: AdminClient) =>
      settings.parse(await (await caller.call('GET', '/email-connect/settings')).json()).ownInboxes;
    expect(await ownOf(mail.admin)).toEqual([{ documentId: mail.inboxDocumentId, state: 'ok' }]);
    expect(await ownOf(manager)).toEqual([]);
  });

  test('of one that is not there, nothing is told', async () => {
    expect(
      await other.refused('POST', '/email-connect/inboxes/nothing/search', { subject: 'x' })
    ).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  test('S24: nothing is logged into a conversation that its writer may not read', async () => {
    const body = { location, threadDocumentId: thread };
    expect(
      await other.refused('POST', `/email-connect/inboxes/${mail.inboxDocumentId}/log`, body)
    ).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  test.each(['log', 'suggestions/accept'])(
    'S45: nor onto a contact that they may not read: %s',
    async (path) => {
      const contactType = 'plugin::email-connect.contact';
      const body = { location, contact: { contactType, documentId: mail.contactDocumentId } };
      expect(
        await other.refused('POST', `/email-connect/inboxes/${mail.inboxDocumentId}/${path}`, body)
      ).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
  );
});

describe('S32: mail of a contact', () => {
  const changes: [string, () => string, unknown?][] = [
    ['POST', () => `/threads/${thread}/state`, { state: 'muted' }],
    ['POST', () => `/threads/${thread}/unlog`],
    ['POST', () => `/threads/${thread}/relog`],
    ['DELETE', () => `/messages/${message}`],
    ['PUT', () => `/records/${contactType}/${mail.contactDocumentId}/pause`, { paused: true }],
  ];

  test.each([
    ['/threads', () => `/threads/${thread}`],
    ['/threads/messages', () => `/threads/${thread}/messages`],
    ['/messages', () => `/messages/${message}`],
  ])(
    'who may not read the contact learns nothing of it, nor whether it is there: %s',
    async (_name, path) => {
      const there = await blind.call('GET', `/email-connect${path()}`);
      const nowhere = await blind.call('GET', `/email-connect${path().replace(/[a-z0-9]{24}/, 'nothing')}`);
      expect([there.status, await there.text()]).toEqual([404, await nowhere.text()]);
      expect((await reader.call('GET', `/email-connect${path()}`)).status).toBe(200);
    }
  );

  test.each(changes)(
    'who may not read the contact changes nothing of it, and is on record: %s',
    async (...change) => {
      const [method, path, body] = change;
      const before = audit().length;
      expect(await blind.refused(method, `/email-connect${path()}`, body)).toMatchObject({
        status: 404,
        code: 'NOT_FOUND',
      });
      expect(audit().slice(before)).toEqual([expect.objectContaining({ outcome: 'refused' })]);
    }
  );

  test.each(changes)('who may read it but manage nothing changes nothing either: %s', async (...change) => {
    const [method, path, body] = change;
    expect((await reader.call(method, `/email-connect${path()}`, body)).status).toBe(403);
  });

  test('it is as it was', async () => {
    expect(await mail.scene.crm.readThread(thread)).toMatchObject({ state: 'open', messageCount: 1 });
  });
});
