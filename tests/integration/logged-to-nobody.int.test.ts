import { randomBytes } from 'node:crypto';
import { explanation } from '../../src/plugins/email-connect/shared/contracts/explanation';
import { logByHandAnswer } from '../../src/plugins/email-connect/shared/contracts/log-by-hand';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { filesBelow, filesHolding } from '../support/search-files';
import { ask, askedDuring, mailToUs } from '../support/unlogged-scene';

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

const explain = (body: object) => ask(mail, explanation, 'POST', `${inbox}/explain`, body);

describe('"log it now" for mail from somebody who is no contact', () => {
  const log = (body: object) => ask(mail, logByHandAnswer, 'POST', `${inbox}/log`, body);
  const refusedLog = (body: object) => mail.admin.refused('POST', `/email-connect${inbox}/log`, body);

  const nina = { address: 'nina@brand-new.test', displayName: 'Nina Novak' };
  const leadFrom = async (messageId: string) => {
    const from = `${nina.displayName} <${nina.address}>`;
    mail.deliver(mailToUs({ 'Message-ID': `<${messageId}>`, From: from, Subject: messageId }, canary));
    await mail.pass();
    return explain({ messageId });
  };

  test('S45: mail from somebody new is logged to nobody by no request, and its body is not read', async () => {
    const { result, bodies } = await askedDuring(mail, async () => {
      const { foundIn, nobody } = await leadFrom('lead-1@brand-new.test');
      const refusal = await refusedLog({ location: foundIn[0] });
      return { nobody, refusal };
    });
    expect(result.nobody).toEqual({
      people: [nina],
      contactTypes: [
        {
          contactType: 'plugin::email-connect.contact',
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
    const contact = { contactType: 'plugin::email-connect.contact', documentId: mail.contactDocumentId };
    const { threadDocumentId: lead } = await log({ location: foundIn[0], contact });
    expect((await mail.scene.crm.readThread(lead)).contacts).toEqual([contact]);
    expect((await explain({ messageId: 'lead-2@brand-new.test' })).nobody).toBeNull();
  });

  test.each([
    ['that is not there', 'plugin::email-connect.contact'],
    ['of a type that is no contact', 'plugin::users-permissions.user'],
  ])('S45: a contact %s is refused', async (_, contactType) => {
    const { foundIn } = await explain({ messageId: 'lead-1@brand-new.test' });
    const body = { location: foundIn[0], contact: { contactType, documentId: 'nobody' } };
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
