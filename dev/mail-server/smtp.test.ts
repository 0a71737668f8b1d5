import { createTransport } from 'nodemailer';
import { ANN, BOB, mail, startTestServer } from './test-server';
import type { TestServer } from './test-server';

let host: TestServer;

beforeEach(async () => {
  host = await startTestServer({ maxMessageBytes: 50_000 });
});

afterEach(async () => {
  const { unexpectedErrors } = host.server;
  await host.stop();
  expect(unexpectedErrors).toEqual([]);
});

const envelope = { from: ANN.address, to: BOB.address };

describe('submission', () => {
  it.each([
    ['under TLS', true],
    ['after STARTTLS', false],
  ])('delivers to the INBOX %s, byte for byte behind the trace fields', async (_name, secure) => {
    const heard: { to: string; raw: Buffer }[] = [];
    host.server.onDelivery((delivery) => heard.push(delivery));
    const raw = mail('dots', '<d@x>', '.\r\n..\r\nhello\r\n');
    const sent = await host.submitter(ANN, secure).sendMail({ envelope, raw });
    expect(sent.response).toMatch(/^250 2\.0\.0 Ok: queued as [0-9A-F]+$/);
    const [stored] = host.server.mailbox(BOB.address).messages('INBOX');
    const text = stored?.raw.toString() ?? '';
    expect(text).toMatch(/^Return-Path: <ann@crm\.test>\r\nDelivered-To: bob@crm\.test\r\nReceived: from /);
    expect(text.slice(text.indexOf('From: '))).toBe(raw);
    expect(heard).toEqual([{ to: BOB.address, raw: stored?.raw }]);
  });

  it('is refused with a wrong password, by PLAIN and LOGIN', async () => {
    const wrong = { address: ANN.address, password: 'wrong' };
    await expect(host.submitter(wrong).verify()).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 });
    const byLogin = (pass: string) =>
      createTransport({
        host: '127.0.0.1',
        port: host.server.smtpsPort,
        secure: true,
        tls: { rejectUnauthorized: false },
        auth: { user: BOB.address, pass },
        authMethod: 'LOGIN',
      }).verify();
    await expect(byLogin('wrong')).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 });
    await expect(byLogin(BOB.password)).resolves.toBe(true);
    await expect(host.submitter(BOB).verify()).resolves.toBe(true);
  });

  it('is refused without a login', async () => {
    const transport = createTransport({ port: host.server.smtpPort, tls: { rejectUnauthorized: false } });
    await expect(transport.sendMail({ envelope, raw: 'x' })).rejects.toMatchObject({ responseCode: 530 });
  });

  it('knows its users, their plus addresses, and nobody else', async () => {
    const send = (to: string) =>
      host.submitter().sendMail({ envelope: { from: ANN.address, to }, raw: mail('x', '<x@x>') });
    await send('BOB+log@crm.test');
    expect(host.server.mailbox(BOB.address).messages('INBOX')).toHaveLength(1);
    await expect(send('nobody@crm.test')).rejects.toMatchObject({
      responseCode: 550,
      response: expect.stringContaining('User unknown'),
    });
    await expect(send('somebody@else.test')).rejects.toMatchObject({
      responseCode: 550,
      response: expect.stringContaining('Relay access denied'),
    });
  });

  it('refuses what is too big, announced and not', async () => {
    const raw = mail('big', '<big@x>', `${'x'.repeat(70)}\r\n`.repeat(1000));
    await expect(host.submitter().sendMail({ envelope, raw })).rejects.toMatchObject({ responseCode: 552 });
    await expect(
      host.submitter().sendMail({ envelope: { ...envelope, size: 10 }, raw })
    ).rejects.toMatchObject({ responseCode: 552 });
    expect(host.server.mailbox(BOB.address).messages('INBOX')).toEqual([]);
  });

  it('keeps its transcript without passwords', async () => {
    await host.submitter().sendMail({ envelope, raw: mail('x', '<x@x>') });
    const lines = host.server.transcript
      .filter(({ protocol }) => protocol === 'smtp')
      .map(({ line }) => line);
    expect(lines).toContainEqual(expect.stringContaining('RCPT TO:<bob@crm.test>'));
    expect(
      lines.some((line) => line.includes(Buffer.from(`\0${ANN.address}\0${ANN.password}`).toString('base64')))
    ).toBe(false);
    expect(lines).toContainEqual(expect.stringMatching(/^AUTH PLAIN/));
  });
});
