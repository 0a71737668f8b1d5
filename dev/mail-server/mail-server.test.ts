import { randomBytes } from 'node:crypto';
import type { ImapFlow } from 'imapflow';
import { selfSignedCertificate } from './certificate';
import { BOB, commandsSent, mail, startTestServer } from './test-server';
import type { TestServer } from './test-server';

let test_: TestServer;
const { address } = BOB;

beforeEach(async () => {
  test_ = await startTestServer();
});

afterEach(async () => {
  const { unexpectedErrors } = test_.server;
  await test_.stop();
  expect(unexpectedErrors).toEqual([]);
});

const asBob = { auth: { user: BOB.address, pass: BOB.password } };

const openInbox = async (): Promise<ImapFlow> => {
  const client = await test_.connected(asBob);
  await client.mailboxOpen('INBOX');
  return client;
};

describe('logging in', () => {
  it('works under TLS from the first byte, with a certificate that is trusted by itself', async () => {
    const client = await test_.connected();
    expect(client.authenticated).toBe(true);
    expect(client.secureConnection).toBe(true);
  });

  it('works after STARTTLS', async () => {
    const client = await test_.connected({ port: test_.server.imapPort, secure: false, doSTARTTLS: true });
    expect(client.secureConnection).toBe(true);
    expect(commandsSent(test_.server)).toContain('STARTTLS');
  });

  it('is refused by the client when the certificate is not trusted', async () => {
    await expect(test_.client({ tls: {} }).connect()).rejects.toMatchObject({
      code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/),
    });
  });

  it('is refused by the client when the certificate has expired', async () => {
    const tls = await selfSignedCertificate(['localhost'], { expired: true });
    const expired = await startTestServer({ tls });
    const client = test_.client({ port: expired.server.imapsPort, tls: { ca: tls.cert } });
    await expect(client.connect()).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
    await expired.stop();
  });

  it('says authenticationFailed for a wrong password', async () => {
    const client = test_.client({ auth: { user: BOB.address, pass: 'wrong' } });
    await expect(client.connect()).rejects.toMatchObject({
      authenticationFailed: true,
      serverResponseCode: 'AUTHENTICATIONFAILED',
    });
  });

  it('takes a password with quotes, backslash and umlaut by LOGIN too', async () => {
    const client = await test_.connected({ auth: { ...asBob.auth, loginMethod: 'LOGIN' } });
    expect(client.usable).toBe(true);
    expect(JSON.stringify(test_.server.transcript)).not.toContain('secret');
  });

  it('works with an access token', async () => {
    const client = await test_.connected({ auth: { user: 'ann@crm.test', accessToken: 'ann-token' } });
    expect(client.usable).toBe(true);
    expect(JSON.stringify(test_.server.transcript)).not.toContain('ann-token');
    await expect(
      test_.client({ auth: { user: 'ann@crm.test', accessToken: 'old-token' } }).connect()
    ).rejects.toMatchObject({ authenticationFailed: true });
  });
});

describe('folders', () => {
  it('are listed with their special use and status', async () => {
    test_.server.mailbox(address).append('INBOX', mail('one', '<1@x>'));
    const client = await test_.connected(asBob);
    const folders = await client.list({ statusQuery: { messages: true, unseen: true } });
    expect(folders.map(({ path, specialUse }) => [path, specialUse])).toEqual(
      expect.arrayContaining([
        ['INBOX', '\\Inbox'],
        ['Sent', '\\Sent'],
        ['Drafts', '\\Drafts'],
        ['Junk', '\\Junk'],
        ['Trash', '\\Trash'],
        ['Archive', '\\Archive'],
      ])
    );
    expect(folders.find(({ path }) => path === 'INBOX')?.status).toMatchObject({ messages: 1, unseen: 1 });
  });

  it('can be made, renamed and deleted, with names beyond ASCII', async () => {
    const client = await test_.connected(asBob);
    await client.mailboxCreate('Entwürfe & Ähnliches/日本');
    expect(test_.server.mailbox(address).folders()).toContain('Entwürfe & Ähnliches/日本');
    await client.mailboxRename('Entwürfe & Ähnliches', 'Alt');
    expect((await client.list()).map(({ path }) => path)).toContain('Alt/日本');
    await client.mailboxDelete('Alt/日本');
    expect(test_.server.mailbox(address).folders()).not.toContain('Alt/日本');
  });

  it('are read-only after EXAMINE', async () => {
    test_.server.mailbox(address).append('INBOX', mail('one', '<1@x>'));
    const client = await test_.connected(asBob);
    const opened = await client.mailboxOpen('INBOX', { readOnly: true });
    expect(opened).toMatchObject({ readOnly: true, exists: 1, uidNext: 2 });
    expect(await client.messageFlagsAdd('1', ['\\Seen'])).toBe(false);
    expect(test_.server.mailbox(address).messages('INBOX')[0]?.flags).toEqual([]);
  });

  it('get a new UIDVALIDITY and new UIDs, and cut off who had them open', async () => {
    const handle = test_.server.mailbox(address);
    handle.append('INBOX', mail('one', '<1@x>'));
    const client = await openInbox();
    const closed = new Promise((resolve) => client.once('close', () => resolve('closed')));
    handle.setUidValidity('INBOX', 77, 500);
    await expect(closed).resolves.toBe('closed');
    const again = await openInbox();
    expect(again.mailbox).toMatchObject({ uidValidity: 77n, uidNext: 501 });
    expect(await again.search({ all: true }, { uid: true })).toEqual([500]);
  });
});

describe('messages', () => {
  it('are appended and announced to their own session', async () => {
    const client = await openInbox();
    const exists = new Promise((resolve) => client.once('exists', resolve));
    const date = new Date('2020-02-29T10:11:12Z');
    const appended = await client.append('INBOX', mail('new', '<n@x>'), ['\\Seen', 'Work'], date);
    expect(appended).toMatchObject({ uid: 1, destination: 'INBOX' });
    await expect(exists).resolves.toMatchObject({ count: 1, prevCount: 0 });
    const [stored] = test_.server.mailbox(address).messages('INBOX');
    expect(stored).toMatchObject({ flags: ['\\Seen', 'Work'], receivedAt: date });
    expect(stored?.raw.toString()).toBe(mail('new', '<n@x>'));
  });

  it('are byte-exact at 10 MB, in both directions', async () => {
    const raw = Buffer.concat([Buffer.from(mail('big', '<big@x>', '')), randomBytes(10_000_000)]);
    const client = await openInbox();
    await client.append('INBOX', raw);
    expect(test_.server.mailbox(address).messages('INBOX')[0]?.raw.equals(raw)).toBe(true);
    const fetched = await client.fetchOne('1', { source: true, size: true }, { uid: true });
    expect(fetched && fetched.source?.equals(raw)).toBe(true);
    expect(fetched && fetched.size).toBe(raw.length);
  });

  it('give their headers by HEADER.FIELDS without the rest and without \\Seen', async () => {
    test_.server.mailbox(address).append('INBOX', mail('Hä', '<h@x>').replace('<h@x>', '\r\n <h@x>'));
    const client = await openInbox();
    const fetched = await client.fetchOne('*', { headers: ['message-id', 'Subject', 'x-none'], flags: true });
    const headers = fetched && fetched.headers?.toString();
    expect(headers).toBe('Subject: Hä\r\nMessage-ID: \r\n <h@x>\r\n\r\n');
    expect(fetched && [...(fetched.flags ?? [])]).toEqual([]);
    expect(commandsSent(test_.server)).toContainEqual(expect.stringMatching(/BODY\.PEEK\[HEADER\.FIELDS/));
  });

  it('give envelope, structure and single parts, decoded by the client', async () => {
    const sent = await test_.submitter().sendMail({
      from: 'Änn <ann@crm.test>',
      to: `"Bob, the second" <${address}>`,
      subject: 'Grüße',
      text: 'Text',
      html: '<p>Text</p>',
      attachments: [{ filename: 'größe.txt', content: 'attached' }],
    });
    const client = await openInbox();
    const fetched = await client.fetchOne('1', { envelope: true, bodyStructure: true });
    if (!fetched) throw new Error('The message was not found.');
    expect(fetched.envelope).toMatchObject({
      subject: 'Grüße',
      messageId: sent.messageId,
      from: [{ name: 'Änn', address: 'ann@crm.test' }],
      to: [{ name: 'Bob, the second', address }],
    });
    expect(fetched.bodyStructure).toMatchObject({
      type: 'multipart/mixed',
      childNodes: [
        {
          type: 'multipart/alternative',
          childNodes: [{ part: '1.1', type: 'text/plain' }, { type: 'text/html' }],
        },
        { part: '2', type: 'text/plain', disposition: 'attachment' },
      ],
    });
    const download = await client.download('1', '2');
    expect(download.meta?.filename).toBe('größe.txt');
    const chunks: Buffer[] = [];
    for await (const chunk of download.content ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('attached');
  });

  it('are found by header, UID range, date and flag', async () => {
    const handle = test_.server.mailbox(address);
    handle.append('INBOX', mail('first', '<a@x>'), ['\\Seen'], new Date('2020-01-01T23:59:59Z'));
    handle.append('INBOX', mail('second', '<b@x>'), [], new Date('2020-01-02T00:00:00Z'));
    handle.append('INBOX', mail('=?utf-8?q?dr=C3=BCtte?=', '<c@x>'), [], new Date('2020-01-03T00:00:00Z'));
    const client = await openInbox();
    const find = (query: Parameters<ImapFlow['search']>[0]) => client.search(query, { uid: true });
    expect(await find({ header: { 'message-id': '<B@x>' } })).toEqual([2]);
    expect(await find({ uid: '2:*' })).toEqual([2, 3]);
    expect(await find({ uid: '9:*' })).toEqual([3]);
    expect(await find({ since: '2020-01-02' })).toEqual([2, 3]);
    expect(await find({ before: '2020-01-02' })).toEqual([1]);
    expect(await find({ seen: false, not: { header: { subject: 'second' } } })).toEqual([3]);
    expect(await find({ or: [{ seen: true }, { subject: 'drütte' }] })).toEqual([1, 3]);
    expect(await find({ header: { 'message-id': 'nothing' } })).toEqual([]);
    const counted = await client.search({ all: true }, { uid: true, returnOptions: ['COUNT', 'MIN', 'ALL'] });
    expect(counted).toMatchObject({ count: 3, min: 1, all: '1:3' });
  });

  it('are flagged, copied, moved and expunged', async () => {
    const handle = test_.server.mailbox(address);
    for (const id of ['<a@x>', '<b@x>', '<c@x>']) handle.append('INBOX', mail(id, id));
    const client = await openInbox();
    expect(await client.messageFlagsAdd('1:2', ['\\Flagged'], { uid: true })).toBe(true);
    const copied = await client.messageCopy('1,3', 'Archive', { uid: true });
    expect(copied && [...(copied.uidMap ?? [])]).toEqual([
      [1, 1],
      [3, 2],
    ]);
    expect(handle.messages('Archive')[0]?.flags).toEqual(['\\Flagged']);
    await client.messageMove('2', 'Trash', { uid: true });
    expect(handle.messages('Trash').map(({ uid }) => uid)).toEqual([1]);
    await client.messageDelete('1', { uid: true });
    expect(handle.messages('INBOX').map(({ uid }) => uid)).toEqual([3]);
    expect(client.mailbox && client.mailbox.exists).toBe(1);
  });

  it('are told apart by CHANGEDSINCE', async () => {
    const handle = test_.server.mailbox(address);
    handle.append('INBOX', mail('a', '<a@x>'));
    handle.append('INBOX', mail('b', '<b@x>'));
    const client = await openInbox();
    const since = client.mailbox ? (client.mailbox.highestModseq ?? 0n) : 0n;
    handle.setFlags('INBOX', 1, ['\\Answered']);
    const changed = await client.fetchAll('1:*', { flags: true }, { uid: true, changedSince: since });
    expect(changed.map(({ uid, flags }) => [uid, [...(flags ?? [])]])).toEqual([[1, ['\\Answered']]]);
  });
});

describe('sessions', () => {
  const idling = async (): Promise<ImapFlow> => {
    const client = await openInbox();
    void client.idle();
    const isIdling = (): boolean => test_.server.transcript.some(({ line }) => line === '+ idling');
    while (!isIdling()) await new Promise((resolve) => setImmediate(resolve));
    return client;
  };

  it('hear of a delivery at once while idle', async () => {
    const client = await idling();
    const heard: number[] = [];
    const exists = new Promise((resolve) =>
      client.once('exists', () => {
        heard.push(test_.server.mailbox(address).messages('INBOX').length);
        resolve('heard');
      })
    );
    await test_.submitter().sendMail({ from: 'ann@crm.test', to: address, text: 'hello' });
    await expect(exists).resolves.toBe('heard');
    expect(heard).toEqual([1]);
    expect(commandsSent(test_.server).at(-1)).toBe('IDLE');
  });

  it('end idling with a close when the server stops', async () => {
    const client = await idling();
    const closed = new Promise((resolve) => client.once('close', () => resolve('closed')));
    await test_.server.close();
    await expect(closed).resolves.toBe('closed');
  });

  it('leave when the client closes while idle', async () => {
    const client = await idling();
    client.close();
    const other = await openInbox();
    test_.server.mailbox(address).append('INBOX', mail('after', '<after@x>'));
    expect(await other.search({ all: true })).toEqual([1]);
  });

  it('see what another session does', async () => {
    const handle = test_.server.mailbox(address);
    for (const id of ['<a@x>', '<b@x>', '<c@x>']) handle.append('INBOX', mail(id, id));
    const watcher = await idling();
    const seen: unknown[][] = [];
    const all = new Promise((resolve) => {
      watcher.on('flags', ({ uid, flags }) => seen.push(['flags', uid, [...flags]]));
      watcher.on('expunge', ({ seq }) => seen.push(['expunge', seq]));
      watcher.on('exists', ({ count }) => resolve(seen.push(['exists', count])));
    });
    const actor = await openInbox();
    await actor.messageFlagsAdd('3', ['\\Seen'], { uid: true });
    await actor.messageDelete('1:2', { uid: true });
    await actor.append('INBOX', mail('d', '<d@x>'));
    await all;
    expect(seen.filter(([kind]) => kind !== 'flags')).toEqual([
      ['expunge', 1],
      ['expunge', 1],
      ['exists', 2],
    ]);
    expect(seen).toContainEqual(['flags', 3, ['\\Seen']]);
  });
});
