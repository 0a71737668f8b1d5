import { randomUUID } from 'node:crypto';
import type { FaultEffect } from '../../dev/mail-server';
import type { Message, SendMessageAnswer } from '../../src/plugins/email-connect/shared/contracts/message';
import { sendMessageAnswer } from '../../src/plugins/email-connect/shared/contracts/message';
import { cleo, startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { advance, endWait, outboxViewOf } from '../support/outbox-view';

jest.setTimeout(60_000);

let mail: MailScene;

beforeAll(async () => {
  mail = await startMailScene();
}, 150_000);

afterAll(async () => {
  expect(mail.server.unexpectedErrors).toEqual([]);
  await mail.end();
});

afterEach(async () => {
  mail.server.faults.clear();
  expect((await fetch(`${mail.scene.strapi.url}/_health`)).status).toBe(204);
  await mail.waitForInbox('was ok', ({ state }) => state === 'ok');
});

const copiesIn = (address: string, folder: string, subject: string): number =>
  mail.server
    .mailbox(address)
    .messages(folder)
    .filter(({ raw }) => raw.includes(`Subject: ${subject}\r\n`)).length;

const messageOf = async ({ threadDocumentId }: SendMessageAnswer): Promise<Message> => {
  const [message] = (await mail.waitForMessages(threadDocumentId, 1)).messages;
  if (!message) throw new Error('The thread has a message.');
  return message;
};

/** The row of its outbox, and what leads it on. */
const outboxOf = ({ messageDocumentId }: Pick<SendMessageAnswer, 'messageDocumentId'>) => ({
  read: () => outboxViewOf(mail.scene, messageDocumentId),
  endWait: () => endWait(mail.scene, messageDocumentId),
  until: (...stages: string[]) => advance(mail.scene, mail.inboxDocumentId, messageDocumentId, ...stages),
});

const formTo = (subject: string, to: string): FormData => {
  const form = new FormData();
  const contact = { contactType: 'plugin::email-connect.contact', documentId: mail.contactDocumentId };
  const message = {
    key: randomUUID(),
    contact,
    answersDocumentId: null,
    to: [to],
    cc: [],
    bcc: [],
    subject,
    text: 'x',
    html: '',
  };
  form.set('data', JSON.stringify(message));
  return form;
};

describe('S14: SMTP that is down', () => {
  it('leaves the mail queued with its reason; it goes out once, when the server is back', async () => {
    await mail.smtpGate.shut();
    const answer = await mail.send('Down');
    expect(answer.deliveryStatus).toBe('queued');
    expect(await messageOf(answer)).toMatchObject({
      deliveryStatus: 'queued',
      failureMessage: expect.stringMatching(/Nothing answers at localhost.*Check the host name/),
    });
    const outbox = outboxOf(answer);
    expect(await outbox.read()).toMatchObject({
      stage: 'queued',
      attempts: 1,
      error_code: 'CONNECTION_REFUSED',
    });

    await mail.smtpGate.open();
    await mail.pass();
    // Not before its time.
    expect(copiesIn(cleo.address, 'INBOX', 'Down')).toBe(0);

    await outbox.until('filed');
    expect(await messageOf(answer)).toMatchObject({ deliveryStatus: 'sent', failureMessage: '' });
    expect(copiesIn(cleo.address, 'INBOX', 'Down')).toBe(1);
    expect(copiesIn(us.address, 'Sent', 'Down')).toBe(1);
  });
});

describe('P2: SMTP that breaks', () => {
  it.each<[string, string, FaultEffect]>([
    ['at the login', 'SMTP AUTH', { do: 'drop' }],
    ['at the recipient', 'SMTP RCPT', { do: 'drop' }],
    ['by asking to come later', 'SMTP RCPT', { do: 'answer', text: '451 4.7.1 Greylisted' }],
  ])('%s: the mail was not taken, so it is queued', async (what, command, effect) => {
    mail.server.faults.inject({ command, effect });
    const answer = await mail.send(`Breaks ${what}`);
    expect(answer.deliveryStatus).toBe('queued');
    expect(await outboxOf(answer).read()).toMatchObject({ stage: 'queued', attempts: 1 });

    await outboxOf(answer).until('filed');
    expect((await messageOf(answer)).deliveryStatus).toBe('sent');
    expect(copiesIn(cleo.address, 'INBOX', `Breaks ${what}`)).toBe(1);
  });

  it.each<[string, FaultEffect, number]>([
    ['after the server took the mail', { do: 'drop-after' }, 1],
    ['before it said whether it took the mail', { do: 'drop' }, 0],
  ])('S51, %s: unknown, looked for, then asked, and never sent twice', async (what, effect, copies) => {
    const subject = `Unknown ${what}`;
    mail.server.faults.inject({ command: 'SMTP DATA', effect });
    const answer = await mail.send(subject);
    expect(answer.deliveryStatus).toBe('unknown');
    const outbox = outboxOf(answer);
    expect(await outbox.read()).toMatchObject({
      stage: 'unknown',
      looks: 0,
      doubted: true,
      error_code: 'SEND_OUTCOME_UNKNOWN',
    });

    expect(await outbox.until('asked')).toMatchObject({ looks: 1, attempts: 1, next_attempt_at: null });
    expect(await messageOf(answer)).toMatchObject({
      deliveryStatus: 'asked',
      failureMessage: expect.stringMatching(/nobody knows.*Ask the recipient/),
    });
    await mail.pass();
    expect(copiesIn(cleo.address, 'INBOX', subject)).toBe(copies);
  });

  it('and was taken: a reply to it is logged all the same', async () => {
    mail.server.faults.inject({ command: 'SMTP DATA', effect: { do: 'drop-after' } });
    const { threadDocumentId, deliveryStatus } = await mail.send('Unknown but answered');
    expect(deliveryStatus).toBe('unknown');
    mail.deliver(await mail.replyTo('Unknown but answered', { text: 'it did arrive' }));
    const { messages } = await mail.waitForMessages(threadDocumentId, 2);
    expect(messages[1]?.text).toContain('it did arrive');
  });
});

describe('S39: SMTP that refuses', () => {
  const refused: [string, string, string, string, RegExp][] = [
    ['the recipient', 'SMTP RCPT', '550 5.1.1 No such user here', 'RECIPIENT_REFUSED', /Correct or remove/],
    ['the sender', 'SMTP MAIL', '550 5.7.1 Not your address', 'SENDER_REFUSED', /Check the address/],
    ['the message', 'SMTP DATA', '554 5.7.1 Looks like spam', 'MESSAGE_REFUSED', /Read what the server said/],
    ['its size', 'SMTP DATA', '552 5.3.4 Message too big', 'MESSAGE_TOO_LARGE', /attachments/],
  ];

  it.each(refused)('%s: the writer hears why at once, and it is not tried again', async (what, ...rest) => {
    const [command, text, code, nextStep] = rest;
    mail.server.faults.inject({ command, effect: { do: 'answer', text } });
    const subject = `Refused ${what}`;
    const refusal = await mail.admin.refused(
      'POST',
      '/email-connect/messages',
      formTo(subject, cleo.address)
    );
    expect(refusal).toMatchObject({ code, detail: expect.stringContaining(text.slice(4)) });
    expect(refusal.nextStep).toMatch(nextStep);

    const { threads } = await mail.scene.crm.threadsOf(mail.contactDocumentId);
    const threadDocumentId = threads.find((thread) => thread.subject === subject)?.documentId ?? '';
    const [message] = (await mail.waitForMessages(threadDocumentId, 1)).messages;
    expect(message).toMatchObject({
      deliveryStatus: 'failed',
      failureMessage: expect.stringMatching(nextStep),
    });
    expect(await outboxViewOf(mail.scene, message?.documentId ?? '')).toMatchObject({
      stage: 'refused',
      next_attempt_at: null,
      error_code: code,
    });
    await mail.pass();
    expect(copiesIn(cleo.address, 'INBOX', subject)).toBe(0);
    expect(copiesIn(us.address, 'Sent', subject)).toBe(0);
  });

  it('an address that does not exist there', async () => {
    const refusal = await mail.admin.refused(
      'POST',
      '/email-connect/messages',
      formTo('Nobody', 'nobody@customer.test')
    );
    expect(refusal).toMatchObject({ status: 400, code: 'RECIPIENT_REFUSED' });
    expect(refusal.message).toContain('nobody@customer.test');
  });

  it('and a mail after it goes out', async () => {
    const answer = await mail.admin.call('POST', '/email-connect/messages', formTo('After', cleo.address));
    expect(sendMessageAnswer.parse(await answer.json()).deliveryStatus).toBe('sent');
  });
});
