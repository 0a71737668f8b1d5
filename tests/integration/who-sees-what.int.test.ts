import { attachmentPage } from '../../src/plugins/email-connect/shared/contracts/attachment';
import { contact } from '../../src/plugins/email-connect/shared/contracts/contact';
import { messagePage } from '../../src/plugins/email-connect/shared/contracts/message';
import { news } from '../../src/plugins/email-connect/shared/contracts/news';
import {
  linkedThread,
  thread as threadContract,
} from '../../src/plugins/email-connect/shared/contracts/thread';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { contactType, onContacts, ours, statusOf, threadsOn } from '../support/mail-as';
import { cleo, startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { press } from '../support/press';
import { withHeader } from '../support/with-header';

jest.setTimeout(60_000);

const contacts = `/content-manager/collection-types/${contactType}`;
const xeno = 'xeno@other.test';

let mail: MailScene;
/** Reads the records that they made themselves, and decides about their mail. */
let seller: AdminClient;
/** Manages inboxes, and reads no record. */
let manager: AdminClient;
let thread = '';
let ownRecord = '';

const read = async (caller: AdminClient, path: string): Promise<unknown> => {
  const answer = await caller.call('GET', `/email-connect${path}`);
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
};
const messagesFor = async (caller: AdminClient) =>
  messagePage.parse(await read(caller, `/threads/${thread}/messages`)).messages;
const filesOn = async (caller: AdminClient, record: string) =>
  attachmentPage
    .parse(await read(caller, `/records/${contactType}/${record}/attachments`))
    .attachments.map(({ fileName }) => fileName);

const create = async (caller: AdminClient, data: object): Promise<string> => {
  const answer = await caller.call('POST', contacts, data);
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  const { data: made } = (await answer.json()) as { data: { documentId: string } };
  return made.documentId;
};
const change = async (caller: AdminClient, record: string, data: object): Promise<void> => {
  const answer = await caller.call('PUT', `${contacts}/${record}`, data);
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
};

/** Cleo answers with a file, and puts Xeno on Cc of her second answer, which has another. */
beforeAll(async () => {
  mail = await startMailScene();
  const { url, admin } = mail.scene.strapi;
  const client = async (name: string, actions: Parameters<typeof addAdminUser>[2]) =>
    adminClient(url, await addAdminUser(admin, name, actions));
  seller = await client('seller', [
    ...ours('threads.read', 'threads.manage', 'messages.send'),
    onContacts('create'),
    onContacts('read', 'admin::is-creator'),
    onContacts('update', 'admin::is-creator'),
  ]);
  manager = await client('manager', ours('threads.read', 'inboxes.read', 'inboxes.manage'));
  ({ threadDocumentId: thread } = await mail.send('Offer'));
  ownRecord = await create(seller, { name: 'Xeno', email: xeno });
  const secret = { filename: 'secret.pdf', content: 'secret' };
  mail.deliver(await mail.replyTo('Offer', { text: 'Between us.', attachments: [secret] }));
  await mail.waitForMessages(thread, 2);
  const open = { filename: 'open.pdf', content: 'open' };
  const answer = await mail.replyTo('Offer', { text: 'With Xeno now.', attachments: [open] });
  mail.deliver(withHeader(answer, `Cc: Xeno <${xeno}>`));
  await mail.waitForMessages(thread, 3);
}, 150_000);

afterAll(() => mail.end());

describe('S40: whom an outsider puts on Cc', () => {
  it('w4, w6: their record shows that mail alone, and counts it alone', async () => {
    const [listed, ...others] = await threadsOn(seller, ownRecord);
    expect(others).toEqual([]);
    expect(listed).toMatchObject({ documentId: thread, messageCount: 1, attachmentCount: 1 });
    const [whole] = await threadsOn(mail.admin, mail.contactDocumentId);
    expect(whole).toMatchObject({
      documentId: thread,
      messageCount: 3,
      attachmentCount: 2,
      subject: 'Offer',
    });
  });

  it('w4, w54: who reads that record alone sees no earlier mail, and no file of one', async () => {
    const [all, seen] = [await messagesFor(mail.admin), await messagesFor(seller)];
    expect(seen).toEqual([all[2]]);
    expect(await filesOn(seller, ownRecord)).toEqual(['open.pdf']);
    for (const { documentId, attachments } of all.slice(0, 2)) {
      expect(await statusOf(seller, `/messages/${documentId}`)).toBe(404);
      for (const file of attachments) {
        expect(await statusOf(seller, `/attachments/${file.documentId}/file`)).toBe(404);
      }
    }
    const [file] = seen[0]?.attachments ?? [];
    expect(await statusOf(seller, `/attachments/${file?.documentId}/file`)).toBe(200);
  });

  it('w4, w20: nor is told of anybody else whose conversation it is', async () => {
    const told = threadContract.parse(await read(seller, `/threads/${thread}`));
    expect(told.contacts).toEqual([{ contactType, documentId: ownRecord }]);
    expect(told).toMatchObject({ messageCount: 1, preview: expect.stringContaining('With Xeno now') });
  });

  it('w52: who sees a part decides nothing about the whole', async () => {
    for (const verb of ['state', 'unlog', 'relog']) {
      const body = verb === 'state' ? { state: 'muted' } : {};
      expect(await seller.refused('POST', `/email-connect/threads/${thread}/${verb}`, body)).toMatchObject({
        status: 403,
        code: 'NOT_ALLOWED',
      });
    }
    expect((await messagesFor(mail.admin)).length).toBe(3);
  });

  it('w53: nor answers what they do not see', async () => {
    const [first] = await messagesFor(mail.admin);
    const form = press({
      contactDocumentId: ownRecord,
      to: xeno,
      subject: 'Re: Offer',
      answersDocumentId: first?.documentId,
    });
    expect((await seller.refused('POST', '/email-connect/messages', form)).code).toBe('NOT_FOUND');
  });
});

describe('addresses that are written into records', () => {
  it('w27, w28: an address that is taken away takes its mail along', async () => {
    const record = await create(mail.admin, { name: 'Lena', email: 'lena@lead.test' });
    expect(await threadsOn(mail.admin, record)).toEqual([]);
    await change(mail.admin, record, { furtherEmails: xeno });
    expect((await threadsOn(mail.admin, record)).map(({ messageCount }) => messageCount)).toEqual([1]);
    await change(mail.admin, record, { furtherEmails: '' });
    expect(await threadsOn(mail.admin, record)).toEqual([]);
    expect(await filesOn(mail.admin, record)).toEqual([]);
  });
});

describe("S41: whoever types a customer's address into a record of their own", () => {
  let record: string;
  const toConfirm = async (caller: AdminClient) =>
    contact.parse(await read(caller, `/records/${contactType}/${record}/contact`)).toConfirm;
  const confirming = `/email-connect/records/${contactType}`;

  beforeAll(async () => {
    record = await create(seller, { name: 'Mine', email: cleo.address });
  });

  it('w30: sees none of her mail by it, and cannot confirm it', async () => {
    expect(await threadsOn(seller, record)).toEqual([]);
    expect(await filesOn(seller, record)).toEqual([]);
    expect((await messagesFor(seller)).length).toBe(1);
    expect(await toConfirm(seller)).toEqual([]);
    const refused = await seller.refused('POST', `${confirming}/${record}/addresses/confirm`, {
      address: cleo.address,
    });
    expect(refused).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('w30: is told of another record no more than of none', async () => {
    for (const other of [mail.contactDocumentId, 'nothing']) {
      const refused = await seller.refused('POST', `${confirming}/${other}/addresses/confirm`, {
        address: cleo.address,
      });
      expect(refused).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
  });

  it('w31: sees it once somebody has confirmed it who sees it', async () => {
    expect((await threadsOn(mail.admin, record)).map(({ messageCount }) => messageCount)).toEqual([3]);
    expect(await toConfirm(mail.admin)).toEqual([cleo.address]);
    const path = `${confirming}/${record}/addresses/confirm`;
    expect((await mail.admin.call('POST', path, { address: cleo.address })).status).toBe(200);
    expect((await threadsOn(seller, record)).map(({ messageCount }) => messageCount)).toEqual([3]);
    expect((await messagesFor(seller)).length).toBe(3);
    await change(seller, record, { email: 'mine@lead.test' });
    expect((await messagesFor(seller)).length).toBe(1);
  });
});

describe('who asks', () => {
  it('w41: whoever reads only what they made sees nothing of what others made', async () => {
    expect(await statusOf(seller, `/records/${contactType}/${mail.contactDocumentId}/threads`)).toBe(404);
  });

  it('w46, w48: mail that stands on nobody is seen by the owner of its inbox and by managers, and by no other', async () => {
    const wife = 'wife@home.test';
    const answer = await mail.replyTo('Offer', { text: 'With my wife.' });
    mail.deliver(withHeader(answer, `Cc: ${wife}`));
    await mail.waitForMessages(thread, 4);
    mail.deliver(
      [
        `From: ${wife}`,
        `To: ${us.address}`,
        'Message-ID: <private@home.test>',
        `In-Reply-To: ${/^Message-ID: (.+)$/im.exec(answer.toString('latin1'))?.[1]?.trim() ?? ''}`,
        'Subject: Re: Offer',
        `Date: ${new Date().toUTCString()}`,
        '',
        'For Uma alone.',
        '',
      ].join('\r\n')
    );
    await mail.waitForMessages(thread, 5);
    expect((await threadsOn(mail.admin, mail.contactDocumentId))[0]?.messageCount).toBe(4);
    const seen = (await messagesFor(manager)).map(({ from }) => from.address);
    expect(seen).toEqual([wife]);
    expect((await messagesFor(seller)).length).toBe(1);
  });

  it('w55: news of a message reach only who sees it, and name no record that they may not read', async () => {
    const newsAfter = async (caller: AdminClient, cursor: string) =>
      news.parse(await read(caller, `/news?after=${encodeURIComponent(cursor)}`));
    const [forSeller, forAll] = [await newsAfter(seller, ''), await newsAfter(mail.admin, '')];
    const waiting = newsAfter(seller, forSeller.cursor);
    mail.deliver(await mail.replyTo('Offer', { text: 'For you alone.' }));
    await mail.waitForMessages(thread, 6);
    const shared = await mail.replyTo('Offer', { text: 'With Xeno again.' });
    mail.deliver(withHeader(shared, `Cc: Xeno <${xeno}>`));
    await mail.waitForMessages(thread, 7);
    const seen = { contactType, documentId: ownRecord };
    expect((await waiting).items).toMatchObject([
      { kind: 'message.received', threadDocumentId: thread, contacts: [seen] },
    ]);
    const { items } = await newsAfter(mail.admin, forAll.cursor);
    expect(items.map(({ contacts: told }) => told.length)).toEqual([1, 2]);
  });

  it('w57: nobody learns by a refusal whether it is there', async () => {
    const blind = adminClient(
      mail.scene.strapi.url,
      await addAdminUser(mail.scene.strapi.admin, 'blind', ours('threads.read'))
    );
    for (const path of [`/threads/${thread}`, `/threads/${thread}/messages`]) {
      const there = await blind.call('GET', `/email-connect${path}`);
      const nowhere = await blind.call('GET', `/email-connect${path.replace(thread, 'nothing')}`);
      expect([there.status, await there.text()]).toEqual([404, await nowhere.text()]);
    }
  });
});

describe('a conversation that begins by an answer under a new subject', () => {
  const continuedBy = async (caller: AdminClient) =>
    linkedThread.parse(await read(caller, `/threads/${thread}`)).continuedBy;

  it.each([
    ['c38, w17: of Cleo', 'Invoice', cleo.address],
    ['w18: of somebody new', 'Delivery', 'new@elsewhere.test'],
  ])('%s stands on Cleo, and not on who was on Cc elsewhere', async (_who, subject, from) => {
    const answer = (await mail.replyTo('Offer', { text: 'Something else.' })).toString('latin1');
    mail.deliver(
      answer.replace(/^Subject: .+$/m, `Subject: ${subject}`).replace(/^From: .+$/m, `From: ${from}`)
    );
    await mail.pass();
    const listed = await threadsOn(mail.admin, mail.contactDocumentId);
    const begun = listed.find((one) => one.subject === subject);
    expect(begun).toMatchObject({ messageCount: 1, preview: expect.stringContaining('Something else') });
    expect(await read(mail.admin, `/threads/${begun?.documentId}`)).toMatchObject({
      continuesDocumentId: thread,
      contacts: expect.not.arrayContaining([{ contactType, documentId: ownRecord }]),
    });
    expect(await statusOf(seller, `/threads/${begun?.documentId}`)).toBe(404);
    expect(await continuedBy(mail.admin)).toContainEqual({ documentId: begun?.documentId, subject });
    // They see a part of the old one.
    expect(await continuedBy(seller)).toEqual([]);
  });

  it('w17, w57: who sees the new one alone is not told which it continues', async () => {
    const begun = (await threadsOn(mail.admin, mail.contactDocumentId)).find(
      ({ subject }) => subject === 'Delivery'
    );
    const rights = [...ours('threads.read'), onContacts('read', 'admin::is-creator'), onContacts('create')];
    const token = await addAdminUser(mail.scene.strapi.admin, 'watcher', rights);
    const watcher = adminClient(mail.scene.strapi.url, token);
    const record = await create(watcher, { name: 'New', email: 'new@elsewhere.test' });
    const confirm = `/email-connect/records/${contactType}/${record}/addresses/confirm`;
    expect((await mail.admin.call('POST', confirm, { address: 'new@elsewhere.test' })).status).toBe(200);
    const seen = linkedThread.parse(await read(watcher, `/threads/${begun?.documentId}`));
    expect(seen).toMatchObject({ subject: 'Delivery', continuesDocumentId: null, continuedBy: [] });
  });
});
