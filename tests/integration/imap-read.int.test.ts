import { ImapFlow } from 'imapflow';
import type { MessageId } from '../../src/plugins/email-connect/server/src/domain/identification/message-id';
import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import { startDovecot } from '../support/dovecot';
import type { Dovecot } from '../support/dovecot';
import { accessTo, allUids, inFolder, mail, PASSWORD, read, sessionPool } from '../support/imap-client';
import { describeWith } from '../support/services';

const users = { ann: PASSWORD, bob: PASSWORD, cleo: PASSWORD, dora: PASSWORD, emil: PASSWORD };
const { connect, closeAll } = sessionPool();

afterEach(closeAll);

describeWith('dovecot', 'the IMAP adapter against Dovecot, reading and filing', () => {
  let dovecot: Dovecot;

  beforeAll(async () => {
    dovecot = await startDovecot({ users });
  });
  afterAll(() => dovecot.stop());

  /** The flags of message 1, seen by another mail program. */
  const flagsOf = async (user: string, folderPath: string): Promise<string[]> => {
    const client = new ImapFlow({
      host: 'localhost',
      port: dovecot.imapsPort,
      secure: true,
      tls: { ca: [dovecot.certificate.cert] },
      auth: { user, pass: PASSWORD },
      logger: false,
    });
    await client.connect();
    await client.mailboxOpen(folderPath, { readOnly: true });
    const message = await client.fetchOne('1', { flags: true });
    await client.logout();
    return message ? [...(message.flags ?? [])] : [];
  };

  describe('reads', () => {
    test('the folders with their special uses', async () => {
      const session = await connect(accessTo(dovecot));
      const folders = await session.listFolders();
      expect(folders.map(({ folderPath, specialUse }) => [folderPath, specialUse])).toEqual(
        expect.arrayContaining([
          ['INBOX', 'inbox'],
          ['Sent', 'sent'],
          ['Drafts', 'drafts'],
          ['Junk', 'junk'],
          ['Trash', 'trash'],
          ['Archive', 'archive'],
        ])
      );
      expect(folders.every(({ delimiter, selectable }) => delimiter === '/' && selectable)).toBe(true);
    });

    test('S12: headers of 100 messages and never a body', async () => {
      const canary = 'canary-5b1e0a';
      for (let i = 0; i < 100; i++) await dovecot.deliver('bob', mail(`bob-${i}`, canary));
      const session = await connect(accessTo(dovecot, { username: 'bob' }));
      const { scanned, unreadable } = await inFolder(session, 'INBOX', async (folder) =>
        folder.scanHeaders(await allUids(folder))
      );
      expect(unreadable).toEqual([]);
      expect(
        scanned.map(
          ({ headerBytes }) => /^subject: (.*?)\r$/im.exec(Buffer.from(headerBytes).toString())?.[1]
        )
      ).toEqual(Array.from({ length: 100 }, (_, i) => `bob-${i}`));
      expect(
        scanned.every(({ size, receivedAt }) => size > 100 && Date.now() - Date.parse(receivedAt) < 3_600_000)
      ).toBe(true);
      expect(scanned.some(({ headerBytes }) => Buffer.from(headerBytes).includes(canary))).toBe(false);

      const commands = await dovecot.rawlog('bob');
      // Every field that may be read before a verdict; a new one has to be argued for.
      const fields = [
        'message-id',
        'in-reply-to',
        'references',
        'date',
        'from',
        'sender',
        'reply-to',
        'to',
        'cc',
        'subject',
        'auto-submitted',
        'content-type',
        'thread-index',
        'precedence',
        'x-autoreply',
        'x-autorespond',
        'x-autoresponder',
        'list-id',
        'return-path',
        'x-failed-recipients',
        'x-microsoft-original-message-id',
        'x-google-original-message-id',
        'delivered-to',
        'x-original-to',
        'envelope-to',
        'x-envelope-to',
      ];
      expect(commands.match(/UID FETCH.*/g)?.map((line) => line.trim())).toEqual([
        `UID FETCH 1:100 (UID FLAGS INTERNALDATE RFC822.SIZE MODSEQ BODY.PEEK[HEADER.FIELDS (${fields.join(' ')})])`,
      ]);
      expect(commands).not.toMatch(
        /BODY(\.PEEK)?\[\]|BODY\[|RFC822[ )]|RFC822\.TEXT|\[TEXT\]|ENVELOPE|BODYSTRUCTURE|PREVIEW/
      );
    });

    test('S13: a whole message, byte for byte, and nothing in the mailbox is changed by it', async () => {
      const body = Array.from(
        { length: 50_000 },
        (_, i) => `line ${i} of a mail of several pieces, dots: .\r\n.\r\n`
      ).join('');
      await dovecot.deliver('cleo', mail('cleo-1', body));
      const session = await connect(accessTo(dovecot, { username: 'cleo' }));
      const source = await inFolder(session, 'INBOX', async (folder) => {
        expect(folder.state).toMatchObject({
          exists: 1,
          uidNext: 2,
          uidValidity: expect.stringMatching(/^\d+$/),
        });
        return read(await folder.fetchMessage(1 as ImapUid));
      });
      expect(source.length).toBeGreaterThan(2 * 1024 * 1024);
      expect(source.endsWith(body + '\r\n')).toBe(true);
      await session.close();
      expect(await flagsOf('cleo', 'INBOX')).not.toContain('\\Seen');

      const commands = await dovecot.rawlog('cleo');
      expect(commands).toMatch(/EXAMINE INBOX/);
      expect(commands).toMatch(/BODY\.PEEK\[\]<1048576\.1048576>/);
      expect(commands).not.toMatch(/ (SELECT|(UID )?(STORE|EXPUNGE|COPY|MOVE)|APPEND|CLOSE) |BODY\[/);
    });

    test('a gone message as null, and an unread part of a message does not block the session', async () => {
      await dovecot.deliver('dora', mail('dora-1', 'x'.repeat(60_000).replace(/(.{70})/g, '$1\r\n')));
      const session = await connect(accessTo(dovecot, { username: 'dora' }));
      await inFolder(session, 'INBOX', async (folder) => {
        expect(await folder.fetchMessage(99 as ImapUid)).toBeNull();
        for await (const _piece of (await folder.fetchMessage(1 as ImapUid)) ?? []) break;
        expect(await folder.listUids(1, 99)).toEqual([1]);
      });
    });

    test('a large message over a compressed connection', async () => {
      const compressing = await startDovecot({ users, compress: true });
      try {
        const body = 'All work and no play.\r\n'.repeat(100_000);
        await compressing.deliver('ann', mail('ann-large', body));
        const session = await connect(accessTo(compressing));
        const source = await inFolder(session, 'INBOX', async (folder) =>
          read(await folder.fetchMessage(1 as ImapUid))
        );
        expect(source.endsWith(`${body}\r\n`)).toBe(true);
      } finally {
        await compressing.stop();
      }
    });

    test('c5: a UID range beyond the end as empty, and a scan of gone UIDs as neither scanned nor unreadable', async () => {
      const session = await connect(accessTo(dovecot, { username: 'dora' }));
      await inFolder(session, 'INBOX', async (folder) => {
        expect(await folder.listUids(500, 600)).toEqual([]);
        expect(await folder.listUids(5, 4)).toEqual([]);
        const { scanned, unreadable } = await folder.scanHeaders([1, 77, 99] as ImapUid[]);
        expect([scanned.map(({ imapUid }) => imapUid), unreadable]).toEqual([[1], []]);
        expect(await folder.scanHeaders([])).toEqual({ scanned: [], unreadable: [] });
      });
    });

    test('the messages since a day, and none since tomorrow', async () => {
      const session = await connect(accessTo(dovecot, { username: 'dora' }));
      const day = 24 * 3_600_000;
      await inFolder(session, 'INBOX', async (folder) => {
        expect(await folder.listUidsSince(new Date())).toEqual([1]);
        expect(await folder.listUidsSince(new Date(Date.now() + 3 * day))).toEqual([]);
      });
    });

    test('a folder that is not there as FOLDER_UNREADABLE, and the session goes on', async () => {
      const session = await connect(accessTo(dovecot));
      await expect(session.openFolder('No such folder')).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
      expect(await inFolder(session, 'INBOX', async ({ state }) => state.exists)).toBe(0);
    });

    test('fresh numbers whenever a folder is opened again', async () => {
      const session = await connect(accessTo(dovecot, { username: 'dora' }));
      const before = await inFolder(session, 'INBOX', async ({ state }) => state);
      await dovecot.deliver('dora', mail('dora-2'));
      const after = await inFolder(session, 'INBOX', async ({ state }) => state);
      expect(after).toEqual({ ...before, exists: before.exists + 1, uidNext: before.uidNext + 1 });
    });
  });

  describe('files a sent mail', () => {
    const source = Buffer.from(mail('sent-1', 'Grüße, 8 bit and \0 a NUL are kept.\r\n\r\n.\r\n'), 'utf8');

    test('S9: once, as read, byte for byte; and finds it by its Message-ID', async () => {
      const session = await connect(accessTo(dovecot, { username: 'emil' }));
      const sentAt = new Date('2026-03-04T05:06:07Z');
      const uid = await session.append('Sent', source, sentAt);
      expect(uid).toBe(1);
      expect(await session.findByMessageId('Sent', 'sent-1@example.net' as MessageId)).toEqual([1]);
      await inFolder(session, 'Sent', async (folder) => {
        const stored = await read(await folder.fetchMessage(1 as ImapUid));
        expect(stored.replace(/\x80/g, '\0')).toBe(source.toString('latin1'));
        const { scanned } = await folder.scanHeaders([1 as ImapUid]);
        expect(scanned[0]?.receivedAt).toBe(sentAt.toISOString());
      });
      await session.close();
      expect(await flagsOf('emil', 'Sent')).toContain('\\Seen');
      expect(await dovecot.rawlog('emil')).toMatch(/APPEND Sent \(\\Seen\) "[ 0]4-Mar-2026 05:06:07 \+0000"/);
    });

    test('and tells an id from one that only contains it', async () => {
      const session = await connect(accessTo(dovecot, { username: 'emil' }));
      expect(await session.findByMessageId('Sent', 'ent-1@example.net' as MessageId)).toEqual([]);
      expect(await session.findByMessageId('Sent', 'SENT-1@example.net' as MessageId)).toEqual([]);
      expect(await session.findByMessageId('Drafts', 'sent-1@example.net' as MessageId)).toEqual([]);
    });

    test('not into a folder that is not there', async () => {
      const session = await connect(accessTo(dovecot, { username: 'emil' }));
      await expect(session.append('Nowhere', source, new Date())).rejects.toMatchObject({
        code: 'SERVER_REFUSED',
      });
    });
  });
});
