import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import { parseHeaders } from '../../src/plugins/email-connect/server/src/adapters/mime/parse-headers';
import type { ScannedMessage } from '../../src/plugins/email-connect/server/src/domain/message/message';
import { faults, startFaultyImap } from '../support/faulty-server';
import type { FaultPlan, FaultyServer } from '../support/faulty-server';
import { allUids, inFolder, mail, sessionPool } from '../support/imap-client';

const { connect, closeAll } = sessionPool();
let server: FaultyServer | null = null;

afterEach(async () => {
  await closeAll();
  await server?.stop();
  server = null;
});

const start = async (plan: FaultPlan) => {
  server = await startFaultyImap(plan);
  const session = await connect(server.access, undefined, createImap({ retryWaitsMs: [] }));
  return { server, session };
};

const scanAll = async (session: Awaited<ReturnType<typeof connect>>, folderPath: string) =>
  inFolder(session, folderPath, async (folder) => folder.scanHeaders(await allUids(folder)));

const marksOf = ({ imapUid, isDraft, labels, serverThreadId }: ScannedMessage) => ({
  imapUid,
  isDraft,
  labels: [...labels].sort(),
  hasThread: serverThreadId !== null,
});

const reply = (id: string, to: string): string =>
  `In-Reply-To: <${to}@example.net>\r\nReferences: <${to}@example.net>\r\n${mail(id)}`;

describe('a scan on Gmail', () => {
  test('S12: tells labels without backslash, drafts and the conversation, and asks for no more than before', async () => {
    const { server, session } = await start({ persona: 'gmail' });
    server.mailbox.append('INBOX', mail('1'));
    server.mailbox.append('[Gmail]/Sent Mail', reply('2', '1'));
    server.mailbox.append('[Gmail]/Drafts', mail('3'));
    server.mailbox.createFolder('Kunden & Größe');
    server.mailbox.append('Kunden & Größe', mail('4'));
    server.mailbox.setLabels('[Gmail]/All Mail', 1, ['\\Inbox', '\\Important', 'CRM', 'Drafts']);
    const { scanned, unreadable } = await scanAll(session, '[Gmail]/All Mail');
    expect(unreadable).toEqual([]);
    expect(scanned.map(marksOf)).toEqual([
      { imapUid: 1, isDraft: false, labels: ['crm', 'drafts', 'important', 'inbox'], hasThread: true },
      { imapUid: 2, isDraft: false, labels: ['sent'], hasThread: true },
      { imapUid: 3, isDraft: true, labels: ['draft'], hasThread: true },
      { imapUid: 4, isDraft: false, labels: ['kunden & größe'], hasThread: true },
    ]);
    expect(scanned[0]?.serverThreadId).toMatch(/^\d+$/);
    expect(scanned[1]?.serverThreadId).toBe(scanned[0]?.serverThreadId);
    expect(scanned[2]?.serverThreadId).not.toBe(scanned[0]?.serverThreadId);
    const [fetch = ''] = server.commands().filter((command) => /^UID FETCH/.test(command));
    expect(fetch.replace(/BODY\.PEEK\[HEADER\.FIELDS \([^)]*\)\]/, 'HEADERS')).toBe(
      'UID FETCH 1:4 (UID FLAGS INTERNALDATE RFC822.SIZE X-GM-MSGID X-GM-THRID X-GM-LABELS MODSEQ HEADERS)'
    );
  });

  test('c9: fills them in for a message whose header came only by a smaller query', async () => {
    const { server, session } = await start({
      persona: 'gmail',
      inbox: [mail('1'), reply('2', '1')],
      faults: [faults.blankHeaders('nil', 2).often(2)],
    });
    server.mailbox.setFlags('INBOX', 2, ['\\Draft']);
    const { scanned } = await scanAll(session, 'INBOX');
    expect(scanned.map(marksOf)).toEqual([
      { imapUid: 1, isDraft: false, labels: ['inbox'], hasThread: true },
      { imapUid: 2, isDraft: true, labels: ['inbox'], hasThread: true },
    ]);
  });
});

describe('a scan', () => {
  test('tells THREADID where OBJECTID is offered, and the folder by an id that survives its new name', async () => {
    const { server, session } = await start({
      persona: 'objectid',
      inbox: [mail('1'), reply('2', '1'), mail('3')],
    });
    const { scanned } = await scanAll(session, 'INBOX');
    const [first, second, third] = scanned.map(({ serverThreadId }) => serverThreadId);
    expect(first).toMatch(/^T/);
    expect([second === first, third === first]).toEqual([true, false]);
    // The question for the ids may not wait behind an IDLE.
    await session.watch('INBOX', () => undefined);
    const idOf = async (folderPath: string) =>
      (await session.listFolders()).find((folder) => folder.folderPath === folderPath)?.objectId;
    const before = await idOf('Archive');
    expect(before).toMatch(/^F/);
    expect(await inFolder(session, 'Archive', async ({ state }) => state.objectId)).toBe(before);
    server.mailbox.renameFolder('Archive', 'Größe/Old');
    expect(await idOf('Größe/Old')).toBe(before);
    expect(await inFolder(session, 'Größe/Old', async ({ state }) => state.objectId)).toBe(before);
  });

  test.each<[string, FaultPlan, RegExp]>([
    ['in one command', { persona: 'objectid' }, /^LIST .*MAILBOXID/],
    [
      'folder by folder where LIST-STATUS is missing',
      { persona: 'objectid', lacks: ['LIST-STATUS'] },
      /^STATUS/,
    ],
    [
      'folder by folder where LIST-STATUS is refused',
      { persona: 'objectid', faults: [faults.refuse('LIST', 'BAD no RETURN here').passing(1)] },
      /^STATUS/,
    ],
  ])('asks for the ids of folders %s', async (_what, plan, asked) => {
    const { server, session } = await start(plan);
    const folders = await session.listFolders();
    expect(folders.map(({ objectId }) => objectId)).toEqual(
      folders.map(() => expect.stringMatching(/^F\d+$/))
    );
    const asking = server.commands().filter((command) => /MAILBOXID/.test(command));
    expect(asking.some((command) => asked.test(command))).toBe(true);
  });

  test('has no labels, no conversation and no folder id elsewhere; \\Draft is told by the flag', async () => {
    const { server, session } = await start({ inbox: 2 });
    server.mailbox.setFlags('INBOX', 2, ['\\Seen', '\\Draft']);
    const { scanned } = await scanAll(session, 'INBOX');
    expect(scanned.map(marksOf)).toEqual([
      { imapUid: 1, isDraft: false, labels: [], hasThread: false },
      { imapUid: 2, isDraft: true, labels: [], hasThread: false },
    ]);
    expect((await session.listFolders()).every(({ objectId }) => objectId === null)).toBe(true);
  });

  test('S12: reads whom it was delivered to, and no field that servers write besides', async () => {
    const delivered = [
      'Delivered-To: ann+crm@example.org',
      'X-Original-To: sales@example.org',
      'Envelope-To: ann@example.org',
      'X-Envelope-To: team@example.org',
      'Authentication-Results: canary; dmarc=pass',
      'Received: by canary',
      'X-Canary: canary',
    ];
    const { session } = await start({ inbox: [`${delivered.join('\r\n')}\r\n${mail('1')}`] });
    const [message] = (await scanAll(session, 'INBOX')).scanned;
    const headers = parseHeaders(message?.headerBytes ?? new Uint8Array());
    expect(headers.deliveredTo).toEqual([
      'ann+crm@example.org',
      'sales@example.org',
      'ann@example.org',
      'team@example.org',
    ]);
    expect(Buffer.from(message?.headerBytes ?? []).toString()).not.toContain('canary');
  });
});
