import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import { chooseFolders } from '../../src/plugins/email-connect/server/src/domain/inbox/choose-folders';
import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import { ImapFlow } from 'imapflow';
import { startDovecot } from '../support/dovecot';
import type { Dovecot } from '../support/dovecot';
import { faults, startFaultyImap } from '../support/faulty-server';
import type { FaultPlan, FaultyServer } from '../support/faulty-server';
import { accessTo, allUids, inFolder, mail, PASSWORD, sessionPool } from '../support/imap-client';
import { lines, startScriptedImap } from '../support/scripted-imap';
import { describeWith } from '../support/services';

const users = { ann: PASSWORD, bob: PASSWORD, cleo: PASSWORD };
const { connect, closeAll } = sessionPool();
const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  await closeAll();
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const start = async (plan: FaultPlan): Promise<FaultyServer> => {
  const server = await startFaultyImap(plan);
  cleanups.push(() => server.stop());
  return server;
};

/** Another mail program of the same user. */
const programOf = async (dovecot: Dovecot, user: string): Promise<ImapFlow> => {
  const client = new ImapFlow({
    host: 'localhost',
    port: dovecot.imapsPort,
    secure: true,
    tls: { ca: [dovecot.certificate.cert] },
    auth: { user, pass: PASSWORD },
    logger: false,
  });
  client.on('error', () => undefined);
  await client.connect();
  cleanups.push(() => client.close());
  return client;
};

describeWith('dovecot', 'folders on Dovecot', () => {
  let dovecot: Dovecot;

  beforeAll(async () => {
    dovecot = await startDovecot({ users });
  });
  afterAll(() => dovecot.stop());

  test('c12: one that holds only others cannot be opened; one that is renamed or deleted harms no other', async () => {
    const program = await programOf(dovecot, 'ann');
    await program.mailboxCreate('Customers/North');
    await program.append('Customers/North', Buffer.from(mail('1')));
    const session = await connect(accessTo(dovecot));
    const parent = (await session.listFolders()).find(({ folderPath }) => folderPath === 'Customers');
    expect(parent?.selectable).toBe(false);
    expect(await inFolder(session, 'Customers/North', allUids)).toEqual([1]);
    await program.mailboxRename('Customers/North', 'Customers/South');
    await expect(session.openFolder('Customers/North')).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    expect(await inFolder(session, 'Customers/South', allUids)).toEqual([1]);
    await program.mailboxDelete('Customers/South');
    await expect(session.openFolder('Customers/South')).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    expect(await inFolder(session, 'INBOX', allUids)).toEqual([]);
    // Dovecot has no OBJECTID.
    expect((await session.listFolders()).every(({ objectId }) => objectId === null)).toBe(true);
  });

  test('c14: names that are no ASCII, and names that look like an encoding', async () => {
    const program = await programOf(dovecot, 'ann');
    const names = ['Größe & Gewicht', '受信箱', 'a&b', 'Spaß "quoted" \\ (1)', 'Emoji 🎉'];
    const session = await connect(accessTo(dovecot));
    for (const name of names) {
      await program.mailboxCreate(name);
      await program.append(name, Buffer.from(mail(name)));
      expect(await inFolder(session, name, allUids)).toEqual([1]);
    }
    const listed = (await session.listFolders()).map(({ folderPath }) => folderPath);
    expect(listed).toEqual(expect.arrayContaining(names));
  });

  test.each([
    ['INBOX.', '.', 'INBOX.Sent', 'INBOX.Kunden.Größe'],
    ['', '.', 'Sent', 'Kunden.Größe'],
    ['INBOX/', '/', 'INBOX/Sent', 'INBOX/Kunden/Größe'],
  ])(
    'c14: prefix "%s" and delimiter "%s": paths are used as they are listed',
    async (prefix, separator, sent, own) => {
      const other = await startDovecot({ users, prefix, separator });
      cleanups.push(() => other.stop());
      const program = await programOf(other, 'ann');
      await program.mailboxCreate(own);
      await other.deliver('ann', mail('1'));
      const session = await connect(accessTo(other));
      const folders = await session.listFolders();
      expect(folders.find(({ specialUse }) => specialUse === 'sent')).toMatchObject({
        folderPath: sent,
        delimiter: separator,
      });
      expect(
        folders.filter(({ specialUse }) => specialUse === 'inbox').map(({ folderPath }) => folderPath)
      ).toEqual(['INBOX']);
      for (const { folderPath, selectable } of folders.filter((folder) => folder.selectable)) {
        expect([folderPath, selectable]).toEqual([folderPath, true]);
        const expected = folderPath === 'INBOX' ? [1] : [];
        expect(await inFolder(session, folderPath, allUids)).toEqual(expected);
      }
      expect(folders.map(({ folderPath }) => folderPath)).toContain(own);
      expect(await session.append(sent, Buffer.from(mail('2')), new Date())).toBe(1);
      expect(chooseFolders(folders, 'custom')).toMatchObject({ sentCopy: 'append', sentFolderPath: sent });
    }
  );

  test('c4: UIDs with gaps, and near 2^32: all are listed and read, in few commands', async () => {
    for (let i = 0; i < 6; i++) await dovecot.deliver('bob', mail(`bob-${i}`));
    const program = await programOf(dovecot, 'bob');
    await program.mailboxOpen('INBOX');
    await program.messageDelete('2,4:5', { uid: true });
    await dovecot.doveadm('mailbox', 'update', '-u', 'bob', '--min-next-uid', '4294967290', 'INBOX');
    for (let i = 6; i < 8; i++) await dovecot.deliver('bob', mail(`bob-${i}`));
    const session = await connect(accessTo(dovecot, { username: 'bob' }));
    await inFolder(session, 'INBOX', async (folder) => {
      const uids = [1, 3, 6, 4_294_967_290, 4_294_967_291];
      expect(folder.state).toMatchObject({ uidNext: 4_294_967_292, exists: 5 });
      expect(await allUids(folder)).toEqual(uids);
      expect(await folder.listUids(7, 4_294_967_289)).toEqual([]);
      const { scanned, unreadable } = await folder.scanHeaders(uids as ImapUid[]);
      expect([scanned.map(({ imapUid }) => imapUid), unreadable]).toEqual([uids, []]);
    });
    expect((await dovecot.rawlog('bob')).match(/UID FETCH [\d:,]+ \(.*HEADER/g)).toEqual([
      expect.stringContaining('UID FETCH 1,3,6,4294967290:4294967291 '),
    ]);
  });

  test('c1: a UIDVALIDITY that Dovecot gives the folder anew', async () => {
    await dovecot.deliver('cleo', mail('cleo-1'));
    const session = await connect(accessTo(dovecot, { username: 'cleo' }));
    const before = await inFolder(session, 'INBOX', async ({ state }) => state);
    await dovecot.doveadm('mailbox', 'update', '-u', 'cleo', '--uid-validity', '7', 'INBOX');
    const again = await connect(accessTo(dovecot, { username: 'cleo' }));
    const after = await inFolder(again, 'INBOX', async ({ state }) => state);
    expect(after).toEqual({ ...before, uidValidity: '7' });
    expect(before.uidValidity).not.toBe('7');
  });
});

describe('folders of other servers', () => {
  test('c13: INBOX is INBOX however it is spelled, and a folder of that name below another is not', async () => {
    const commands: string[] = [];
    const server = await startScriptedImap((command) => {
      commands.push(command);
      if (command === 'LIST "" ""') return lines('* LIST (\\Noselect) "/" ""', 'TAG OK done');
      if (/^LIST/.test(command))
        return lines(
          '* LIST () "/" "Inbox"',
          '* LIST () "/" "Old/Inbox"',
          '* LIST () "/" "Inbox2"',
          'TAG OK done'
        );
      return null;
    });
    cleanups.push(() => server.stop());
    const session = await connect(server.access);
    expect(
      (await session.listFolders()).map(({ folderPath, specialUse }) => [folderPath, specialUse])
    ).toEqual([
      ['INBOX', 'inbox'],
      ['Inbox2', null],
      ['Old/Inbox', null],
    ]);
    expect(await inFolder(session, 'INBOX', async ({ state }) => state.exists)).toBe(9);
    expect(commands).toContain('EXAMINE INBOX');
  });

  test.each([
    ['de', 'Gesendet', 'Entwürfe', 'Papierkorb', 'Spam'],
    ['fr', 'Messages envoyés', 'Brouillons', 'Corbeille', 'Indésirables'],
    ['it', 'Posta inviata', 'Bozze', 'Cestino', 'Posta indesiderata'],
    ['ru', 'Отправленные', 'Черновики', 'Корзина', 'Спам'],
    ['ja', '送信済み', '下書き', 'ゴミ箱', '迷惑メール'],
  ])(
    'c15: without SPECIAL-USE, Sent, Drafts, Trash and Junk are known by their names (%s)',
    async (_code, ...names) => {
      const server = await start({ lacks: ['SPECIAL-USE'] });
      for (const name of ['Sent', 'Drafts', 'Trash', 'Junk', 'Archive']) server.mailbox.deleteFolder(name);
      for (const name of names) server.mailbox.createFolder(name);
      const session = await connect(server.access);
      const uses = (await session.listFolders()).map(({ folderPath, specialUse }) => [
        folderPath,
        specialUse,
      ]);
      const expected = ['sent', 'drafts', 'trash', 'junk'].map((use, i) => [names[i], use]);
      expect(uses).toEqual(expect.arrayContaining(expected));
    }
  );

  test.each([[['\\NonExistent']], [['\\NoSelect']], [['\\nonexistent', '\\Subscribed']]])(
    'c12: a folder that is listed as %j is not taken for one that can be opened',
    async (attributes) => {
      const server = await start({});
      server.mailbox.setAttributes('Archive', attributes);
      const session = await connect(server.access);
      const archive = (await session.listFolders()).find(({ folderPath }) => folderPath === 'Archive');
      expect(archive?.selectable).toBe(false);
      await expect(session.openFolder('Archive')).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
      expect(await inFolder(session, 'INBOX', async ({ state }) => state.exists)).toBe(0);
    }
  );

  test('c12: a phantom that is listed like any other and will not open: the session goes on, and it may come back', async () => {
    const refusal = faults.refuse('EXAMINE', 'NO [NONEXISTENT] Unknown folder').often(2);
    const server = await start({ inbox: 2, faults: [refusal] });
    const session = await connect(server.access);
    for (let i = 0; i < 2; i++) {
      await expect(session.openFolder('Archive')).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    }
    expect(await inFolder(session, 'INBOX', allUids)).toEqual([1, 2]);
    expect(await inFolder(session, 'Archive', allUids)).toEqual([]);
  });

  test.each<[string, FaultPlan]>([
    ['modified UTF-7', {}],
    ['UTF8=ACCEPT', { extensions: ['UTF8=ACCEPT'] }],
    ['UTF8=ACCEPT, announced and not kept', { pretends: ['UTF8=ACCEPT'] }],
  ])('c14: names over %s', async (_what, plan) => {
    const server = await start(plan);
    server.mailbox.createFolder('Größe/受信箱');
    server.mailbox.append('Größe/受信箱', mail('1'));
    const session = await connect(server.access, undefined, createImap());
    expect((await session.listFolders()).map(({ folderPath }) => folderPath)).toContain('Größe/受信箱');
    expect(await inFolder(session, 'Größe/受信箱', allUids)).toEqual([1]);
  });
});
