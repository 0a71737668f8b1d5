import { randomBytes } from 'node:crypto';
import { explanation } from '../../src/plugins/email-connect/shared/contracts/explanation';
import { logByHandAnswer } from '../../src/plugins/email-connect/shared/contracts/log-by-hand';
import { suggestionList } from '../../src/plugins/email-connect/shared/contracts/suggestion';
import { threadPage } from '../../src/plugins/email-connect/shared/contracts/thread';
import { adminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { filesBelow, filesHolding } from '../support/search-files';
import { ask, askedDuring, mailToUs } from '../support/unlogged-scene';
import { withHeader } from '../support/with-header';

jest.setTimeout(90_000);

const canary = `canary${randomBytes(9).toString('hex')}`;

let mail: MailScene;
let inbox = '';

beforeAll(async () => {
  mail = await startMailScene();
  inbox = `/inboxes/${mail.inboxDocumentId}`;
}, 150_000);

afterAll(async () => {
  expect(mail.server.unexpectedErrors).toEqual([]);
  await mail.end();
});

const contactType = 'plugin::email-connect.contact';
const explain = (body: object) => ask(mail, explanation, 'POST', `${inbox}/explain`, body);
const log = (body: object) => ask(mail, logByHandAnswer, 'POST', `${inbox}/log`, body);
const refusedLog = (body: object) => mail.admin.refused('POST', `/email-connect${inbox}/log`, body);
const nina = { address: 'nina@brand-new.test', displayName: 'Nina Novak' };
const countOn = async (record: string) => {
  const path = `/records/${contactType}/${record}/threads`;
  return (await ask(mail, threadPage, 'GET', path)).threads.map(({ documentId, messageCount }) => [
    documentId,
    messageCount,
  ]);
};

describe('"log it now" for mail from somebody who is no contact', () => {
  const leadFrom = async (messageId: string) => {
    const from = `${nina.displayName} <${nina.address}>`;
    mail.deliver(mailToUs({ 'Message-ID': `<${messageId}>`, From: from, Subject: messageId }, canary));
    await mail.pass();
    return explain({ messageId });
  };

  test('S45, w76: mail from somebody new is logged to nobody by no request, and its body is not read', async () => {
    const { result, bodies } = await askedDuring(mail, async () => {
      const { foundIn, nobody } = await leadFrom('lead-1@brand-new.test');
      const refusal = await refusedLog({ location: foundIn[0] });
      return { nobody, refusal };
    });
    expect(result.nobody).toEqual({
      people: [nina],
      contactTypes: [
        {
          contactType,
          displayName: 'Contact',
          nameField: 'name',
          mayRead: true,
          mayCreate: true,
          form: {
            name: [{ field: 'name', isList: false }],
            address: [{ field: 'email', isList: false }],
          },
        },
      ],
    });
    expect(result.refusal).toMatchObject({
      status: 409,
      code: 'CONTACT_MISSING',
      nextStep: expect.stringMatching(/contact/),
    });
    expect(bodies).toEqual([]);
    // S19: what was looked at in the mailbox is nowhere on this side.
    expect(filesHolding(canary, filesBelow(mail.scene.dir))).toEqual([]);
    expect(mail.scene.strapi.logs()).not.toContain(canary);
    expect((await explain({ messageId: 'lead-1@brand-new.test' })).verdict?.kind).toBe('ignore');
  });

  test('S45: it is logged on the contact that was chosen, and whoever may see that contact opens it', async () => {
    const { foundIn } = await leadFrom('lead-2@brand-new.test');
    const contact = { contactType, documentId: mail.contactDocumentId };
    const { threadDocumentId: lead } = await log({ location: foundIn[0], contact });
    expect((await mail.scene.crm.readThread(lead)).contacts).toEqual([contact]);
    expect((await explain({ messageId: 'lead-2@brand-new.test' })).nobody).toBeNull();
  });

  test.each([
    ['that is not there', contactType],
    ['of a type that is no contact', 'plugin::users-permissions.user'],
  ])('S45: a contact %s is refused', async (_, type) => {
    const { foundIn } = await explain({ messageId: 'lead-1@brand-new.test' });
    const body = { location: foundIn[0], contact: { contactType: type, documentId: 'nobody' } };
    expect(await refusedLog(body)).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
  });

  test('S45: the address became a contact meanwhile: it is logged on that contact', async () => {
    const { foundIn } = await explain({ messageId: 'lead-1@brand-new.test' });
    await mail.scene.crm.createContact({ name: 'Nina', email: nina.address, company: '' });
    expect((await explain({ messageId: 'lead-1@brand-new.test' })).nobody).toBeNull();
    const { threadDocumentId: lead } = await log({ location: foundIn[0] });
    expect((await mail.scene.crm.readThread(lead)).messages).toHaveLength(1);
  });
});

describe('w7: a suggestion from somebody on no record, whom a contact put on Cc', () => {
  const wife = { address: 'wife@home.test', displayName: '' };
  let thread = '';
  let location: object | undefined;
  const suggestions = async () =>
    (await ask(mail, suggestionList, 'GET', `${inbox}/suggestions`)).suggestions;

  beforeAll(async () => {
    ({ threadDocumentId: thread } = await mail.send('Boat'));
    mail.deliver(withHeader(await mail.replyTo('Boat', { text: 'With her now.' }), `Cc: ${wife.address}`));
    await mail.waitForMessages(thread, 2);
    const fields = { 'Message-ID': '<wife@home.test>', From: wife.address, Subject: 'Re: Boat' };
    mail.deliver(mailToUs(fields));
    await mail.waitForInbox('had a suggestion', (read) => read.suggestions === 1);
    location = (await suggestions())[0]?.location;
  });

  test('S45, w76: it asks for a record, unread, and stays suggested', async () => {
    const { result, bodies } = await askedDuring(mail, async () => [
      (await explain({ location, asSuggested: true })).nobody?.people,
      await mail.admin.refused('POST', `/email-connect${inbox}/suggestions/accept`, { location }),
    ]);
    expect(result).toEqual([[wife], expect.objectContaining({ status: 409, code: 'CONTACT_MISSING' })]);
    expect(bodies).toEqual([]);
    expect(await suggestions()).toHaveLength(1);
  });

  test('S45: the chosen record shows that mail of the conversation, and no other', async () => {
    const record = await mail.scene.crm.createContact({ name: 'Mira', email: 'mira@home.test', company: '' });
    const contact = { contactType, documentId: record };
    const body = { location, contact };
    expect(await ask(mail, logByHandAnswer, 'POST', `${inbox}/suggestions/accept`, body)).toEqual({
      threadDocumentId: thread,
    });
    expect(await countOn(record)).toEqual([[thread, 1]]);
    expect(await countOn(mail.contactDocumentId)).toContainEqual([thread, 2]);
    expect(await suggestions()).toEqual([]);
  });
});

describe('S45: whoever may log every inbox’s mail, and reads only the records that they made', () => {
  const conditions = ['admin::is-creator'];
  const fields = ['name', 'email', 'furtherEmails', 'company'];
  const onContacts = (verb: string) => ({
    action: `plugin::content-manager.explorer.${verb}`,
    subject: contactType,
    fields,
    conditions: verb === 'create' ? [] : conditions,
  });

  test('S37, w76: chooses none of the others, and sees of the one that they chose this mail alone', async () => {
    const { url, admin } = mail.scene.strapi;
    const ours = ['threads.read', 'inboxes.read', 'inboxes.connect', 'inboxes.manage'];
    const user = await addAdminUser(admin, 'logger', [
      ...ours.map((name) => ({ action: `plugin::email-connect.${name}` })),
      ...['create', 'read'].map(onContacts),
    ]);
    const logger = adminClient(url, user);
    const made = await logger.call('POST', `/content-manager/collection-types/${contactType}`, {
      name: 'Own',
      email: 'own@own.test',
    });
    const { data } = (await made.json()) as { data: { documentId: string } };
    mail.deliver(
      mailToUs({ 'Message-ID': '<lead-9@other-new.test>', From: 'new@other-new.test', Subject: 'Nine' })
    );
    await mail.pass();
    const { foundIn } = await explain({ messageId: 'lead-9@other-new.test' });
    const contactOf = (documentId: string) => ({
      location: foundIn[0],
      contact: { contactType, documentId },
    });
    const path = `/email-connect${inbox}/log`;
    expect(await logger.refused('POST', path, contactOf(mail.contactDocumentId))).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
    const answer = await logger.call('POST', path, contactOf(data.documentId));
    const { threadDocumentId } = logByHandAnswer.parse(await answer.json());
    expect(await countOn(data.documentId)).toEqual([[threadDocumentId, 1]]);
    const list = await logger.call('GET', `/email-connect/records/${contactType}/${data.documentId}/threads`);
    expect(threadPage.parse(await list.json()).threads).toMatchObject([{ messageCount: 1, subject: 'Nine' }]);
  });
});
