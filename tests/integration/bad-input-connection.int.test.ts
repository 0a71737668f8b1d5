import { commandsSent } from '../../dev/mail-server/test-server';
import { startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { advance, untilStage } from '../support/outbox-view';

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
  await mail.admin.call('POST', `/email-connect/inboxes/${mail.inboxDocumentId}/actions/sync`);
  await mail.waitForInbox('was ok again', ({ state }) => state === 'ok');
  // Every test breaks a connection within minutes of the last: the rest after it would grow from test to test (a.13).
  for (const action of ['pause', 'resume']) {
    await mail.admin.call('POST', `/email-connect/inboxes/${mail.inboxDocumentId}/actions/${action}`);
  }
  await mail.waitForInbox('was ok again', ({ state }) => state === 'ok');
});

const file = (content: Buffer) => ({
  filename: 'plan.bin',
  content,
  contentType: 'application/octet-stream',
});

/** A mail went out; answers what waits for so many messages in its thread, and that there are no more. */
const sent = async (subject: string) => {
  const { messageDocumentId, threadDocumentId } = await mail.send(subject);
  // Until then sending has a connection of its own, and the breaks are meant for that of reading.
  await untilStage(mail.scene, messageDocumentId, 'filed');
  return async (count: number) => {
    const { messages } = await mail.waitForMessages(threadDocumentId, count);
    expect(messages).toHaveLength(count);
    return messages;
  };
};

describe('P2: a connection that breaks', () => {
  it('in the middle of FETCH: the reply and its file are there, once', async () => {
    const thread = await sent('Cut in FETCH');
    const content = Buffer.alloc(300_000, 'plan ');
    const reply = await mail.replyTo('Cut in FETCH', { text: 'with a plan', attachments: [file(content)] });
    const { faults } = mail.server;
    faults.inject({ command: 'UID FETCH', effect: { do: 'delay', ms: 1 } });
    faults.inject({ command: 'UID FETCH', effect: { do: 'drop-mid-answer', afterBytes: 100_000 } });
    const bodiesBefore = bodiesAsked();
    mail.deliver(reply);

    await mail.waitForInbox('noticed', ({ state }) => state === 'backing-off');
    const [, answer] = await thread(2);
    expect(answer?.attachments).toEqual([expect.objectContaining({ size: content.length, state: 'stored' })]);
    expect(bodiesAsked()).toBeGreaterThan(bodiesBefore + 1);
    expect(faults.take('UID FETCH')).toBeUndefined();
  });

  it('in the middle of the headers, twice: a.13, tried again after a rest, and after a longer one', async () => {
    const thread = await sent('Cut in headers');
    const reply = await mail.replyTo('Cut in headers', { text: 'short' });
    const effect = { do: 'drop-mid-answer', afterBytes: 40 } as const;
    mail.server.faults.inject({ command: 'UID FETCH', effect, times: 2 });
    const start = Date.now();
    mail.deliver(reply);
    expect((await thread(2))[1]?.text).toContain('short');

    const [first = 0, second = 0, ...more] = loginTimes().filter((at) => at >= start);
    expect(more).toEqual([]);
    expect(first - start).toBeGreaterThan(1_900);
    expect(second - first).toBeGreaterThan(2_900);
  });

  it('during IDLE: S7, what came in the gap is there', async () => {
    const thread = await sent('Cut in IDLE');
    const reply = await mail.replyTo('Cut in IDLE', { text: 'in the gap' });
    mail.server.faults.dropConnections();
    mail.deliver(reply);
    expect((await thread(2))[1]?.text).toContain('in the gap');
  });

  it('in the middle of an APPEND: one copy is in Sent', async () => {
    mail.server.faults.inject({ command: 'APPEND', effect: { do: 'drop-after' } });
    const { messageDocumentId } = await mail.send('Cut in APPEND');
    await advance(mail.scene, mail.inboxDocumentId, messageDocumentId, 'filed');
    expect(mail.server.faults.take('APPEND')).toBeUndefined();
    // A loop of its own: reading has noticed nothing (S47).
    expect((await mail.readInbox()).state).toBe('ok');
    expect(copiesInSent('Cut in APPEND')).toBe(1);
  });

  const loginTimes = () =>
    mail.server.transcript
      .filter(({ protocol, direction, line }) => {
        return protocol === 'imap' && direction === 'in' && /^\S+ (AUTHENTICATE|LOGIN) /.test(line);
      })
      .map(({ at }) => at);
  const bodiesAsked = () => commandsSent(mail.server).filter((line) => /BODY\.PEEK\[\]/.test(line)).length;
});

const copiesInSent = (subject: string): number =>
  mail.server
    .mailbox(us.address)
    .messages('Sent')
    .filter(({ raw }) => raw.includes(`Subject: ${subject}\r\n`)).length;

describe('S7: a server that is down', () => {
  it('is said to be, with a next step and when it is tried again; then the gap is filled', async () => {
    const thread = await sent('Server down');
    const reply = await mail.replyTo('Server down', { text: 'while you were away' });
    await mail.imapGate.shut();
    const down = await mail.waitForInbox(
      'was refused',
      ({ stateCode }) => stateCode === 'CONNECTION_REFUSED'
    );
    expect(down.state).toBe('backing-off');
    expect(down.stateReason).toMatch(/Nothing answers at localhost.*Check the host name/);
    expect(Date.parse(down.nextPassAt ?? '')).toBeGreaterThan(Date.parse(down.lastPassAt ?? ''));

    const uid = mail.deliver(reply);
    await mail.imapGate.open();
    const [, answer] = await thread(2);
    const inMailbox = mail.server
      .mailbox(us.address)
      .messages('INBOX')
      .find((message) => message.uid === uid);
    expect(Math.abs(Date.parse(answer?.receivedAt ?? '') - Number(inMailbox?.receivedAt))).toBeLessThan(1000);
    const up = await mail.waitForInbox('was ok again', ({ state }) => state === 'ok');
    expect(up).toMatchObject({ stateCode: '', stateReason: '' });
  });
});

describe('S39: a password that was changed at the provider', () => {
  it('needs its owner, who enters the new one; what came meanwhile is there', async () => {
    const thread = await sent('New password');
    const reply = await mail.replyTo('New password', { text: 'behind the old password' });
    mail.server.mailbox(us.address).setPassword('a new password');
    mail.server.faults.dropConnections();
    const locked = await mail.waitForInbox('was refused', ({ state }) => state === 'needs-you');
    expect(locked.stateCode).toBe('LOGIN_REFUSED');
    expect(locked.stateReason).toMatch(/refused the user name or the password\. Check both/);
    expect(locked.stateReason).not.toContain(us.password);
    mail.deliver(reply);

    const path = `/email-connect/inboxes/${mail.inboxDocumentId}`;
    expect(await mail.admin.refused('PUT', path, mail.form)).toMatchObject({
      status: 400,
      code: 'LOGIN_REFUSED',
    });
    expect((await mail.readInbox()).state).toBe('needs-you');
    const edited = { ...mail.form, imapPassword: 'a new password', smtpPassword: 'a new password' };
    expect((await mail.admin.call('PUT', path, edited)).status).toBe(200);

    expect((await thread(2))[1]?.text).toContain('behind the old password');
    await mail.waitForInbox('was ok again', ({ state }) => state === 'ok');
    expect(mail.scene.strapi.logs()).not.toMatch(/correct horse|a new password/);
  });
});
