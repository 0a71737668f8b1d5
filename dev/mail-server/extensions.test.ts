import { ANN, mail, startTestServer } from './test-server';
import type { TestServer } from './test-server';

let host: TestServer | undefined;

afterEach(() => host?.stop());

const start = async (options: Parameters<typeof startTestServer>[0]): Promise<TestServer> => {
  host = await startTestServer(options);
  return host;
};

const answer = (to: string): string => mail('Re: 1', '<2@x>').replace('Date:', `In-Reply-To: ${to}\r\nDate:`);

describe('what some servers have besides', () => {
  it('OBJECTID: ids of folders survive a rename, ids of conversations are shared by their messages', async () => {
    const { server, connected } = await start({ extensions: ['OBJECTID'] });
    const mailbox = server.mailbox(ANN.address);
    mailbox.append('Archive', mail('1', '<1@x>'));
    mailbox.append('Archive', answer('<1@x>'));
    mailbox.append('Archive', mail('3', '<3@x>'));
    const client = await connected();
    const { mailboxId } = await client.mailboxOpen('Archive');
    expect(mailboxId).toMatch(/^F\d+$/);
    const rows = await client.fetchAll('1:3', { threadId: true });
    const [first, second, third] = rows.map(({ threadId }) => threadId);
    expect(first).toMatch(/^T[0-9a-f]{15}$/);
    expect([second === first, third === first]).toEqual([true, false]);
    mailbox.renameFolder('Archive', 'Old');
    expect((await client.mailboxOpen('Old')).mailboxId).toBe(mailboxId);
  });

  it('X-GM-EXT-1: labels are folders, and all lies in All Mail', async () => {
    const { server, connected } = await start({ extensions: ['X-GM-EXT-1'], layout: 'gmail' });
    const mailbox = server.mailbox(ANN.address);
    mailbox.createFolder('Kunden/Größe');
    mailbox.append('INBOX', mail('1', '<1@x>'));
    mailbox.append('Kunden/Größe', mail('2', '<2@x>'));
    mailbox.append('[Gmail]/Spam', mail('3', '<3@x>'));
    const client = await connected();
    await expect(client.mailboxOpen('[Gmail]')).rejects.toThrow();
    expect(await client.mailboxOpen('[Gmail]/All Mail')).toMatchObject({ exists: 2 });
    const rows = await client.fetchAll('1:*', { labels: true, threadId: true });
    expect(rows.map(({ labels }) => [...(labels ?? [])])).toEqual([['\\Inbox'], ['Kunden/Größe']]);
    expect(rows.every(({ threadId }) => /^\d+$/.test(threadId ?? ''))).toBe(true);
    mailbox.setLabels('[Gmail]/All Mail', 1, ['\\Inbox', 'crm']);
    await client.mailboxOpen('INBOX');
    expect((await client.fetchAll('1', { labels: true }))[0]?.labels).toEqual(new Set(['\\Inbox', 'crm']));
  });

  it('UTF8=ACCEPT: names of folders go over the wire as they are', async () => {
    const { server, connected } = await start({ extensions: ['UTF8=ACCEPT'] });
    server.mailbox(ANN.address).createFolder('Größe');
    const client = await connected();
    expect((await client.list()).find(({ path }) => path === 'Größe')?.pathAsListed).toBe('Größe');
    expect(await client.mailboxOpen('Größe')).toMatchObject({ exists: 0 });
  });
});

describe('a mailbox from behind', () => {
  it('shows a message late, under a UID below younger ones', async () => {
    const { server, connected } = await start({});
    const mailbox = server.mailbox(ANN.address);
    const [uid = 0] = mailbox.reserveUids('INBOX', 1);
    mailbox.append('INBOX', mail('younger', '<2@x>'));
    const client = await connected();
    expect(await client.mailboxOpen('INBOX')).toMatchObject({ uidNext: 3, exists: 1 });
    mailbox.appendLate('INBOX', uid, mail('late', '<1@x>'));
    expect(await client.mailboxOpen('INBOX')).toMatchObject({ uidNext: 3, exists: 2 });
    expect(await client.search({ all: true }, { uid: true })).toEqual([1, 2]);
  });

  it('lists a folder that cannot be opened', async () => {
    const { server, connected } = await start({});
    server.mailbox(ANN.address).setAttributes('Archive', ['\\NonExistent']);
    const client = await connected();
    expect((await client.list()).find(({ path }) => path === 'Archive')?.flags.has('\\NonExistent')).toBe(
      true
    );
    await expect(client.mailboxOpen('Archive')).rejects.toThrow();
  });
});
