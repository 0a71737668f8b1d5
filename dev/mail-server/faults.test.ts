import { ANN, BOB, commandsSent, mail, startTestServer } from './test-server';
import type { TestServer } from './test-server';

let host: TestServer;

beforeEach(async () => {
  host = await startTestServer();
});

afterEach(async () => {
  await host.stop();
});

const letter = { from: ANN.address, to: BOB.address, subject: 'x', text: 'hello' };

describe('faults on IMAP', () => {
  it('hide a capability and what it stands for', async () => {
    host.server.faults.hiddenCapabilities = [
      'IDLE',
      'SPECIAL-USE',
      'UIDPLUS',
      'MOVE',
      'CONDSTORE',
      'LITERAL+',
    ];
    host.server.mailbox(ANN.address).append('INBOX', mail('1', '<1@x>'));
    const client = await host.connected();
    expect(client.capabilities.has('IDLE')).toBe(false);
    await client.mailboxOpen('INBOX');
    expect(client.mailbox && client.mailbox.noModseq).toBe(true);
    expect(await client.append('Archive', mail('2', '<2@x>'))).not.toHaveProperty('uid');
    await client.messageMove('1', 'Trash');
    expect(commandsSent(host.server).filter((line) => /COPY|STORE|EXPUNGE|MOVE/.test(line))).toEqual([
      expect.stringContaining('COPY'),
      expect.stringContaining('STORE'),
      expect.stringContaining('EXPUNGE'),
    ]);
    expect(host.server.mailbox(ANN.address).messages('Trash')).toHaveLength(1);
  });

  it('offer no STARTTLS, so that a client that insists gives up', async () => {
    const plain = await startTestServer({ starttls: false });
    const client = host.client({ port: plain.server.imapPort, secure: false, doSTARTTLS: true });
    await expect(client.connect()).rejects.toThrow(/STARTTLS/);
    expect(commandsSent(plain.server).join()).not.toMatch(/LOGIN|AUTHENTICATE/);
    await plain.stop();
  });

  it('reject every login', async () => {
    host.server.faults.rejectLogins = true;
    await expect(host.connected()).rejects.toMatchObject({ authenticationFailed: true });
    await expect(host.submitter().verify()).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 });
    host.server.faults.clear();
    expect((await host.connected()).usable).toBe(true);
  });

  it('cut all connections', async () => {
    const client = await host.connected();
    const closed = new Promise((resolve) => client.once('close', () => resolve('closed')));
    host.server.faults.dropConnections();
    await expect(closed).resolves.toBe('closed');
    expect(host.server.transcript.some(({ line }) => line.includes('BYE'))).toBe(false);
  });

  it('delay every answer', async () => {
    const client = await host.connected();
    host.server.faults.delayMs = 120;
    const before = host.server.transcript.length;
    await client.noop();
    const [command, answer] = host.server.transcript.slice(before);
    expect((answer?.at ?? 0) - (command?.at ?? 0)).toBeGreaterThanOrEqual(110);
  });

  it('refuse one command, then let it pass', async () => {
    host.server.mailbox(ANN.address).append('INBOX', mail('1', '<1@x>'));
    const client = await host.connected();
    await client.mailboxOpen('INBOX');
    host.server.faults.inject({
      command: 'uid fetch',
      effect: { do: 'answer', text: 'NO [INUSE] Try later' },
    });
    await expect(client.fetchAll('1', { source: true }, { uid: true })).rejects.toMatchObject({
      responseText: 'Try later',
    });
    await expect(client.fetchAll('1', { source: true }, { uid: true })).resolves.toHaveLength(1);
  });

  it('cut the line in the middle of an answer', async () => {
    host.server.mailbox(ANN.address).append('INBOX', mail('1', '<1@x>', 'x'.repeat(50_000)));
    const client = await host.connected();
    await client.mailboxOpen('INBOX');
    host.server.faults.inject({ command: 'FETCH', effect: { do: 'drop-mid-answer', afterBytes: 20_000 } });
    await expect(client.fetchAll('1', { source: true })).rejects.toMatchObject({ code: 'NoConnection' });
  });

  it('let some commands pass first, and pick those about one message', async () => {
    for (const id of ['1', '2', '3']) host.server.mailbox(ANN.address).append('INBOX', mail(id, `<${id}@x>`));
    const client = await host.connected();
    await client.mailboxOpen('INBOX');
    const refuse = { do: 'answer', text: 'NO [UNAVAILABLE] Server error' } as const;
    host.server.faults.inject({ command: 'UID FETCH', effect: refuse, uids: [2], after: 1, times: Infinity });
    const fetch = (range: string) => client.fetchAll(range, { uid: true }, { uid: true });
    await expect(fetch('1:3')).resolves.toHaveLength(3);
    await expect(fetch('1')).resolves.toHaveLength(1);
    for (const range of ['1:3', '2']) await expect(fetch(range)).rejects.toThrow();
    await expect(fetch('3')).resolves.toHaveLength(1);
  });

  it('leave rows and headers out of a FETCH', async () => {
    for (const id of ['1', '2', '3']) host.server.mailbox(ANN.address).append('INBOX', mail(id, `<${id}@x>`));
    const client = await host.connected();
    await client.mailboxOpen('INBOX');
    const { faults } = host.server;
    const query = { uid: true, headers: ['subject'] };
    faults.inject({ command: 'FETCH', effect: { do: 'drop-rows', uids: [2] } });
    expect((await client.fetchAll('1:3', query)).map(({ uid }) => uid)).toEqual([1, 3]);
    faults.inject({ command: 'FETCH', effect: { do: 'blank-headers', uids: [3], as: 'nil' } });
    faults.inject({ command: 'FETCH', effect: { do: 'blank-headers', uids: [3], as: 'empty' } });
    for (const blank of [undefined, 0]) {
      expect((await client.fetchAll('3', query))[0]?.headers?.length).toBe(blank);
    }
    expect((await client.fetchAll('1:3', query)).every(({ headers }) => headers)).toBe(true);
  });

  it('say goodbye, stay silent, or send nonsense in place of an answer', async () => {
    host.server.faults.inject({ command: 'NOOP', effect: { do: 'bye', text: 'Too many connections' } });
    const dismissed = await host.connected();
    await expect(dismissed.mailboxOpen('INBOX')).resolves.toBeTruthy();
    await dismissed.noop().catch(() => undefined);
    expect(dismissed.byeReason).toBe('Too many connections');

    host.server.faults.inject({ command: 'EXAMINE', effect: { do: 'ignore' } });
    const waiting = await host.connected({ socketTimeout: 200 });
    await expect(waiting.mailboxOpen('INBOX', { readOnly: true })).rejects.toThrow();

    host.server.faults.inject({
      command: 'STATUS',
      effect: { do: 'send', text: 'TAG OK without a row\r\n' },
    });
    expect(await (await host.connected()).status('INBOX', { messages: true })).toEqual({ path: 'INBOX' });
  });

  it('flood a client until it hangs up', async () => {
    host.server.faults.inject({ command: 'STATUS', effect: { do: 'flood', text: 'x'.repeat(65_536) } });
    const client = await host.connected({ maxLineLength: 1024 * 1024 });
    await client.status('INBOX', { messages: true }).catch(() => undefined);
    expect(client.usable).toBe(false);
  });

  it('say less than a server must, and more than it can', async () => {
    const { faults } = host.server;
    faults.omittedItems = ['UIDNEXT', 'UIDVALIDITY', 'EXISTS'];
    faults.highestModSeq = 3;
    faults.falseCapabilities = ['QRESYNC'];
    host.server.mailbox(ANN.address).append('INBOX', mail('1', '<1@x>'));
    const client = await host.connected();
    expect(client.capabilities.has('QRESYNC')).toBe(true);
    const opened = await client.mailboxOpen('INBOX');
    expect([opened.uidNext, opened.uidValidity, opened.exists]).toEqual([undefined, undefined, undefined]);
    expect(opened.highestModseq).toBe(3n);
  });

  it('never tell what happens in a folder', async () => {
    host.server.faults.staysSilent = true;
    const client = await host.connected();
    await client.mailboxOpen('INBOX');
    host.server.mailbox(ANN.address).append('INBOX', mail('1', '<1@x>'));
    await client.noop();
    expect(client.mailbox && client.mailbox.exists).toBe(0);
    expect(await client.mailboxOpen('INBOX')).toMatchObject({ exists: 1 });
  });

  it('carry a command out and lose the answer', async () => {
    const client = await host.connected();
    host.server.faults.inject({ command: 'APPEND', effect: { do: 'drop-after' } });
    await expect(client.append('Sent', mail('1', '<1@x>'))).rejects.toThrow();
    expect(host.server.mailbox(ANN.address).messages('Sent')).toHaveLength(1);
  });
});

describe('faults on SMTP', () => {
  it('answer with any code', async () => {
    host.server.faults.inject({
      command: 'SMTP RCPT',
      effect: { do: 'answer', text: '451 4.7.1 Greylisted' },
    });
    await expect(host.submitter().sendMail(letter)).rejects.toMatchObject({ responseCode: 451 });
    await expect(host.submitter().sendMail(letter)).resolves.toMatchObject({ accepted: [BOB.address] });
  });

  it('stay silent, throttle the second time, and slow down', async () => {
    const { faults } = host.server;
    faults.inject({
      command: 'SMTP MAIL',
      after: 1,
      effect: { do: 'answer', text: '421 4.7.0 Too many messages' },
    });
    await expect(host.submitter().sendMail(letter)).resolves.toMatchObject({ accepted: [BOB.address] });
    await expect(host.submitter().sendMail(letter)).rejects.toMatchObject({ responseCode: 421 });
    faults.inject({ command: 'SMTP DATA', effect: { do: 'ignore' } });
    await expect(host.submitter(ANN, true, { socketTimeout: 300 }).sendMail(letter)).rejects.toThrow();
    expect(host.server.mailbox(BOB.address).messages('INBOX')).toHaveLength(1);
  });

  it('leave open whether the message was taken', async () => {
    host.server.faults.inject({ command: 'SMTP DATA', effect: { do: 'drop-after' } });
    await expect(host.submitter().sendMail(letter)).rejects.toMatchObject({ code: 'ECONNECTION' });
    expect(host.server.mailbox(BOB.address).messages('INBOX')).toHaveLength(1);
  });

  it('cut the line before the message was taken', async () => {
    host.server.faults.inject({ command: 'SMTP DATA', effect: { do: 'drop' } });
    await expect(host.submitter().sendMail(letter)).rejects.toMatchObject({ code: 'ECONNECTION' });
    expect(host.server.mailbox(BOB.address).messages('INBOX')).toHaveLength(0);
  });
});
