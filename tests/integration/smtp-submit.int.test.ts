import type { SMTPServerOptions } from 'smtp-server';
import { createSmtp } from '../../src/plugins/email-connect/server/src/adapters/smtp';
import { startScriptedSmtp } from '../support/scripted-smtp';
import type { SmtpScript } from '../support/scripted-smtp';
import { refuseData, reply } from '../support/submission-server';
import { envelope, source, submissionServers, submitOver } from '../support/submission-suite';

const submit = submitOver(createSmtp());
const { cleanups, start: startServer } = submissionServers();

describe('the SMTP adapter', () => {
  test.each([true, false])(
    'S9: submits these very bytes under this very envelope (TLS from the first byte: %s)',
    async (secure) => {
      const { access, received } = await startServer({ secure });
      const rcptTo = ['customer@example.net', 'hidden@example.net'];
      const receipt = await submit(access, { ...envelope, rcptTo }, source);
      expect(received).toEqual([{ mailFrom: 'ann@example.org', rcptTo, source }]);
      expect(receipt).toEqual({
        serverMessageId: null,
        response: '250 2.0.0 Ok: queued as 4711',
        refused: [],
      });
    }
  );

  test('submits many megabytes unchanged', async () => {
    const { access, received } = await startServer();
    const large = Buffer.from(
      `Subject: large\r\n\r\n${'0123456789abcdef'.repeat(4).concat('\r\n').repeat(80_000)}`
    );
    await submit(access, envelope, large);
    expect(received[0]?.source.equals(large)).toBe(true);
  });

  test.each([
    ['offers', false, { ret: 'HDRS', envid: '1@example.org' }, { NOTIFY: 'FAILURE,DELAY' }],
    ['does not offer', true, undefined, false],
  ])('P6: asks a server that %s DSN for bounces that name the mail', async (_how, hideDSN, dsn, args) => {
    const asked: unknown[] = [];
    const { access, received } = await startServer({
      hideDSN,
      onRcptTo: (recipient, { envelope: seen }, done) => {
        asked.push({ dsn: Reflect.get(seen, 'dsn'), args: recipient.args });
        done();
      },
    });
    await submit(access, envelope, source);
    expect(received).toHaveLength(1);
    expect(asked).toEqual([{ dsn, args }]);
  });

  test('S14: learns the id that the provider put in place of ours', async () => {
    const { access } = await startServer({
      onData: (stream, _session, done) => {
        stream
          .resume()
          .on('end', () => done(null, '2.0.0 OK <AB1@VI1PR.EURPRD01.prod.outlook.com> [Hostname=VI1PR]'));
      },
    });
    expect((await submit(access, envelope, source)).serverMessageId).toBe(
      'AB1@vi1pr.eurprd01.prod.outlook.com'
    );
  });

  test.each([
    ['SENDER_REFUSED', { onMailFrom: (_a, _s, done) => done(reply(553, '5.7.1 Not owned by user')) }],
    ['SENDER_REFUSED', { onData: refuseData(554, '5.2.252 SendAsDenied; ann not allowed to send as bob') }],
    ['RECIPIENT_REFUSED', { onRcptTo: (_a, _s, done) => done(reply(550, '5.1.1 No such user')) }],
    ['SERVER_THROTTLED', { onRcptTo: (_a, _s, done) => done(reply(450, '4.2.0 Greylisted')) }],
    ['SERVER_THROTTLED', { onData: refuseData(451, '4.3.0 Try again later') }],
    ['SERVER_THROTTLED', { onData: refuseData(550, '5.4.5 Daily user sending limit exceeded') }],
    ['SERVER_THROTTLED', { onData: refuseData(421, '4.7.0 Closing') }],
    ['MESSAGE_REFUSED', { onData: refuseData(554, '5.7.1 Looks like spam') }],
    ['MESSAGE_TOO_LARGE', { onData: refuseData(552, '5.3.4 Message too big') }],
    ['MESSAGE_TOO_LARGE', { size: 20 }],
  ] satisfies [string, SMTPServerOptions][])('says %s', async (code, options) => {
    const { access, received } = await startServer(options);
    await expect(submit(access, envelope, source)).rejects.toMatchObject({ code });
    expect(received).toEqual([]);
  });

  test.each([
    ['with', {}],
    ['without', { hidePIPELINING: true }],
  ])(
    'S51: a refused recipient of several is named, while the mail goes to the others (%s PIPELINING)',
    async (_how, options) => {
      const { access, received } = await startServer({
        ...options,
        onRcptTo: ({ address }, _session, done) =>
          address === 'gone@example.net' ? done(reply(550, '5.1.1 No such user')) : done(),
      });
      const rcptTo = ['customer@example.net', 'gone@example.net', 'other@example.net'];
      expect(await submit(access, { ...envelope, rcptTo }, source)).toMatchObject({
        refused: [{ recipient: 'gone@example.net', response: expect.stringContaining('No such user') }],
      });
      await expect(
        submit(access, { ...envelope, rcptTo: ['gone@example.net'] }, source)
      ).rejects.toMatchObject({
        code: 'RECIPIENT_REFUSED',
        message: expect.stringContaining('gone@example.net'),
      });
      expect(received.map(({ rcptTo: reached }) => reached)).toEqual([
        ['customer@example.net', 'other@example.net'],
      ]);
    }
  );
});

describe('P2: when the connection breaks', () => {
  const script = async (wish: SmtpScript) => {
    const server = await startScriptedSmtp(wish);
    cleanups.push(() => server.stop());
    return server;
  };

  test('after the last byte and before the answer, the outcome is unknown', async () => {
    const { access } = await script({ afterMessage: 'cut' });
    await expect(submit(access, envelope, source)).rejects.toMatchObject({
      code: 'SEND_OUTCOME_UNKNOWN',
    });
  });

  test('before the last byte, nothing was sent and it may be tried again', async () => {
    const { access } = await script({ cutAfterBytes: 1000 });
    const large = Buffer.alloc(30_000_000, 'Subject: x\r\n');
    await expect(submit(access, envelope, large)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test.each(['MAIL', 'RCPT', 'DATA'])('instead of an answer to %s, nothing was sent', async (verb) => {
    const { access } = await script({ answer: (command) => (command.startsWith(verb) ? 'cut' : null) });
    await expect(submit(access, envelope, source)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('while we log in, the password is not blamed', async () => {
    const { access } = await script({ answer: (command) => (command.startsWith('AUTH') ? 'cut' : null) });
    await expect(submit(access, envelope, source)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('an answer of 421 to the message is an answer: it was not taken', async () => {
    const { access } = await script({ afterMessage: '421 4.7.0 Closing' });
    await expect(submit(access, envelope, source)).rejects.toMatchObject({ code: 'SERVER_THROTTLED' });
  });

  test('S51: a go-ahead in place of an answer is no refusal: the server has the message', async () => {
    const { access, messages } = await script({ afterMessage: '354 Go on' });
    await expect(submit(access, envelope, source)).rejects.toMatchObject({ code: 'SEND_OUTCOME_UNKNOWN' });
    expect(messages).toHaveLength(1);
  });

  test('S48: a yes before the server has the message is none', async () => {
    const { access, messages } = await script({
      answer: (command) => (/^RCPT/.test(command) ? '250 ok\r\n250 ok' : null),
    });
    const rcptTo = ['customer@example.net', 'other@example.net'];
    const large = Buffer.alloc(30_000_000, 'Subject: x\r\n');
    await expect(submit(access, { ...envelope, rcptTo }, large)).rejects.toMatchObject({
      code: 'PROTOCOL_MISMATCH',
    });
    expect(messages).toEqual([]);
  });

  test('S37: an address with a line break never reaches the server', async () => {
    const { access, commands } = await script({});
    const rcptTo = ['a@example.net>\r\nRCPT TO:<b@example.net'];
    await expect(submit(access, { ...envelope, rcptTo }, source)).rejects.toMatchObject({
      code: 'RECIPIENT_REFUSED',
    });
    const mailFrom = 'a@example.net>\r\nDATA';
    await expect(submit(access, { ...envelope, mailFrom }, source)).rejects.toMatchObject({
      code: 'SENDER_REFUSED',
    });
    expect(commands.join()).not.toMatch(/RCPT|DATA/);
  });

  test('a server without AUTH is told no password', async () => {
    const { access, commands } = await script({ extensions: ['SIZE 1000'] });
    await expect(submit(access, envelope, source)).rejects.toMatchObject({ code: 'LOGIN_NOT_OFFERED' });
    expect(commands.join()).not.toMatch(/AUTH/);
  });
});

describe('S51: when the sender is told to let go', () => {
  const letGoAt = async (verb: string, wish: SmtpScript = {}) => {
    const letGo = new AbortController();
    const server = await startScriptedSmtp({
      ...wish,
      answer: (command) => {
        if (!command.startsWith(verb)) return null;
        letGo.abort();
        return 'silence';
      },
    });
    cleanups.push(() => server.stop());
    return { ...server, signal: letGo.signal };
  };

  test.each(['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'])(
    'at %s, nothing is handed over: no final dot reaches the server',
    async (verb) => {
      const { access, messages, signal } = await letGoAt(verb);
      await expect(submit(access, envelope, source, signal)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      expect(messages).toEqual([]);
    }
  );

  test('within the message, nothing is handed over', async () => {
    const letGo = new AbortController();
    const server = await startScriptedSmtp({ onMessageBytes: () => letGo.abort() });
    cleanups.push(() => server.stop());
    const large = Buffer.alloc(30_000_000, 'Subject: x\r\n');
    await expect(submit(server.access, envelope, large, letGo.signal)).rejects.toMatchObject({
      code: 'LEASE_LOST',
    });
    expect(server.messages).toEqual([]);
  });

  test('after the dot, a yes that comes is heard, and without one nobody knows', async () => {
    const late = async (afterMessage: string) => {
      const letGo = new AbortController();
      const server = await startScriptedSmtp({ afterMessage, onMessage: () => letGo.abort() });
      cleanups.push(() => server.stop());
      return submit(server.access, envelope, source, letGo.signal);
    };
    expect(await late('250 2.0.0 ok')).toMatchObject({ response: '250 2.0.0 ok' });
    await expect(late('silence')).rejects.toMatchObject({ code: 'SEND_OUTCOME_UNKNOWN' });
  });
});
