import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import { createSmtp } from '../../src/plugins/email-connect/server/src/adapters/smtp';
import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import { inFolder, NEVER, sessionPool } from '../support/imap-client';
import { isFetch, isSearch, startScriptedImap } from '../support/scripted-imap';
import type { Script } from '../support/scripted-imap';
import { endlessly } from '../support/scripted-server';
import type { Pieces, ScriptedServer } from '../support/scripted-server';
import { startScriptedSmtp } from '../support/scripted-smtp';

const { connect, closeAll } = sessionPool();
let server: ScriptedServer | null = null;

afterEach(async () => {
  await closeAll();
  server?.stop();
});

/** Far above what each takes, and below all that would end them otherwise. */
jest.setTimeout(30_000);

const many = (line: string): Pieces => endlessly(`${line}\r\n`.repeat(500));
const news = '* 5 EXISTS\r\n* 5 EXPUNGE';
const on =
  (which: RegExp, answer: () => Pieces): Script =>
  (command) =>
    which.test(command) ? answer() : null;

function* folders(count: number): Generator<string> {
  yield '* LIST () "/" INBOX\r\n';
  for (let i = 1; i < count; i += 1) yield `* LIST () "/" "Customers/${i}"\r\n`;
  yield 'TAG OK done\r\n';
}

/** A second instead of ten. */
const hurried = createImap({ floodPatienceMs: 1_000, retryWaitsMs: [] });
const started = async (script: Script) => (server = await startScriptedImap(script)).access;

describe('S47: a test of a connection ends while the server', () => {
  const tested = async (script: Script) => hurried.test(await started(script), NEVER, () => undefined);

  test.each([
    ['lists folders without end', /^LIST/, '* LIST () "/" "x"', 'TOO_MANY_FOLDERS'],
    ['says other things without end, asked for folders', /^LIST/, '* OK Still here', 'SERVER_FLOODING'],
    ['says other things without end, at the login', /^AUTHENTICATE/, '* OK Still here', 'SERVER_FLOODING'],
    ['lists what vanished from no folder', /^LIST/, '* VANISHED 1:4294967295', 'SERVER_FLOODING'],
    ['begins no line that it ends soon', /^LIST/, `* OK ${'x'.repeat(1_000_000)}`, 'SERVER_FLOODING'],
  ])('%s', async (_, command, line, code) => {
    await expect(tested(on(command, () => many(line)))).rejects.toMatchObject({ code });
  });

  test('has more folders than a person can have', async () => {
    await expect(tested(on(/^LIST .*\*/, () => folders(10_001)))).rejects.toMatchObject({
      code: 'TOO_MANY_FOLDERS',
    });
  });

  test('but a mailbox of ten thousand folders passes', async () => {
    expect(await tested(on(/^LIST .*\*/, () => folders(10_000)))).toHaveLength(10_000);
  });
});

describe('S47: a session ends, and says why, while the server', () => {
  test.each([['tells news of the folder it watches', /^IDLE/, `+ idling\r\n${news}`]])(
    '%s',
    async (_, command, line) => {
      let end: (error: Error | null) => void = () => undefined;
      const ended = new Promise<Error | null>((resolve) => (end = resolve));
      const capabilities = '* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR IDLE\r\nTAG OK done';
      const script: Script = (asked) => (/^CAPABILITY/.test(asked) ? capabilities : null);
      const access = await started((asked) => on(command, () => many(line))(asked) ?? script(asked));
      const session = await connect(access, end, hurried);
      session.watch('INBOX', () => undefined).catch(() => undefined);
      expect(await ended).toMatchObject({ code: 'SERVER_FLOODING' });
    }
  );

  test.each([
    ['finds messages without end', isSearch, '* SEARCH 1 2 3', 'CONNECTION_LOST'],
    ['sends rows without end', isFetch, '* 1 FETCH (UID 1 FLAGS ())', 'SERVER_FLOODING'],
  ])('%s', async (_, isAsked, line, code) => {
    const access = await started((asked) => (isAsked(asked) ? many(line) : null));
    const session = await connect(access, undefined, hurried);
    const reading = inFolder(session, 'INBOX', async (folder) => {
      await folder.scanHeaders([1 as ImapUid]);
      await folder.listUids(1, 9);
    });
    await expect(reading).rejects.toMatchObject({ code });
  });

  test('sends headers of megabytes, and what follows is asked for in smaller pieces', async () => {
    const row = (uid: number) =>
      `* ${uid} FETCH (UID ${uid} BODY[HEADER.FIELDS (message-id)] {1000000}\r\n${'x'.repeat(1_000_000)})\r\n`;
    const rows = function* () {
      for (let uid = 1; uid <= 500; uid += 1) yield row(uid);
      yield 'TAG OK done\r\n';
    };
    const access = await started((asked) => (isFetch(asked) ? rows() : null));
    const session = await connect(access, undefined, hurried);
    const uids = Array.from({ length: 500 }, (_, i) => (i + 1) as ImapUid);
    const scanning = inFolder(session, 'INBOX', (folder) => folder.scanHeaders(uids));
    // The pass halves what it asks for when this happens, down to the message at fault.
    await expect(scanning).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });
});

describe('S47: a test of sending ends while the server', () => {
  test.each([
    ['answers with empty lines without end', '\r\n'],
    ['never ends its answer', '250-more\r\n'],
  ])('%s', async (_, line) => {
    server = await startScriptedSmtp({
      answer: (command) => (/^EHLO/.test(command) ? endlessly(line.repeat(5_000)) : null),
    });
    const testing = createSmtp().test(server.access, NEVER, () => undefined);
    await expect(testing).rejects.toMatchObject({ code: 'SERVER_FLOODING' });
  });
});
