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
