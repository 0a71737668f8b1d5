import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type { MessageId } from '../../src/plugins/email-connect/server/src/domain/identification/message-id';
import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import { startFaultyImap } from '../support/faulty-server';
import type { FaultPlan, FaultyServer } from '../support/faulty-server';
import { allUids, inFolder, mail, read, sessionPool } from '../support/imap-client';

const { connect, closeAll } = sessionPool();
let server: FaultyServer | null = null;

afterEach(async () => {
  await closeAll();
  await server?.stop();
  server = null;
});

/** All that is ever asked of a server, once. */
const useEverything = async (plan: FaultPlan) => {
  server = await startFaultyImap({ inbox: 3, ...plan });
  const session = await connect(server.access, undefined, createImap({ retryWaitsMs: [] }));
  const folders = await session.listFolders();
  await session.watch('INBOX', () => undefined);
  const appended = await session.append('Sent', Buffer.from(mail('sent')), new Date());
  const found = await session.findByMessageId('Sent', 'sent@example.net' as MessageId);
  const inbox = await inFolder(session, 'INBOX', async (folder) => {
    const { scanned, unreadable } = await folder.scanHeaders(await allUids(folder));
    return {
      scanned: scanned.map(({ imapUid }) => imapUid),
      unreadable,
      since: await folder.listUidsSince(new Date()),
      bySubject: await folder.search({ subject: '2' }, 9),
      text: (await read(await folder.fetchMessage(1 as ImapUid))).length,
    };
  });
  return { folders: folders.length, appended, found, inbox };
};

const whole = {
  folders: 6,
  appended: 1,
  found: [1],
  inbox: { scanned: [1, 2, 3], unreadable: [], since: [1, 2, 3], bySubject: [2], text: mail('1').length },
};

const everything = ['ESEARCH', 'IDLE', 'CONDSTORE', 'LIST-STATUS', 'LIST-EXTENDED', 'UIDPLUS', 'NAMESPACE'];

describe('a server that has', () => {
  test.each([...everything, 'ID', 'ENABLE', 'CHILDREN', 'LITERAL+', 'SASL-IR', 'UNSELECT'])(
    'no %s is used all the same',
    async (capability) => {
      const appended = capability === 'UIDPLUS' ? null : 1;
      expect(await useEverything({ lacks: [capability] })).toEqual({ ...whole, appended });
    }
  );

  test('none of them is used all the same', async () => {
    const plan = { lacks: [...everything, 'SPECIAL-USE', 'MOVE', 'UNSELECT', 'CHILDREN', 'ID', 'ENABLE'] };
    expect(await useEverything(plan)).toEqual({ ...whole, appended: null });
  });
});

describe('c17, c30: a server that announces and does not have', () => {
  test.each([
    ...everything,
    'COMPRESS=DEFLATE',
    'IMAP4rev2',
    'BINARY',
    'QRESYNC',
    'UTF8=ACCEPT',
    'ID',
    'ENABLE',
    'LITERAL-',
    'OBJECTID',
    'X-GM-EXT-1',
  ])('%s is used all the same', async (capability) => {
    const appended = capability === 'UIDPLUS' ? null : 1;
    expect(await useEverything({ lacks: [capability], pretends: [capability] })).toEqual({
      ...whole,
      appended,
    });
  });
});
