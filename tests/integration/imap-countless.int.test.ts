import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import { inFolder, sessionPool } from '../support/imap-client';
import { isSearch, lines, startScriptedImap } from '../support/scripted-imap';
import type { ScriptedServer } from '../support/scripted-server';

const { connect, closeAll } = sessionPool();
let server: ScriptedServer | null = null;

afterEach(async () => {
  await closeAll();
  server?.stop();
});

/** What it says that it holds: all that can have a UID. */
const EXISTS = 4_294_967_294;
/** A list of a quarter of a million in each answer: here the server has enough, before this process has too much. */
const MOST_ANSWERS = 120;

const countless = (): ((command: string) => string | null) => {
  let answers = 0;
  return (command) => {
    if (/^CAPABILITY/.test(command)) {
      return lines('* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR ESEARCH', 'TAG OK done');
    }
    if (/^EXAMINE/.test(command)) {
      const state = [`* ${EXISTS} EXISTS`, '* OK [UIDVALIDITY 7] ok', `* OK [UIDNEXT ${EXISTS + 1}] ok`];
      return lines(...state, 'TAG OK [READ-ONLY] done');
    }
    if (!isSearch(command)) return null;
    answers += 1;
    if (answers > MOST_ANSWERS) return lines('* BYE enough', 'TAG NO enough');
    const [, first = '1', last = '1'] = /UID (\d+):(\d+)/.exec(command.slice('UID SEARCH'.length)) ?? [];
    const count = Number(last) - Number(first) + 1;
    return lines(`* ESEARCH (TAG "TAG") UID COUNT ${count} ALL ${first}:${last}`, 'TAG OK done');
  };
};

test.each([
  ['by UIDs', (open: Open) => open.listUids(1, EXISTS)],
  ['by date', (open: Open) => open.listUidsSince(new Date('2026-01-01T00:00:00Z'))],
])(
  'S47: a server whose folder never ends takes no memory: %s',
  async (_, list) => {
    server = await startScriptedImap(countless());
    const session = await connect(server.access, undefined, createImap({ retryWaitsMs: [] }));
    await expect(inFolder(session, 'INBOX', list)).rejects.toMatchObject({ code: 'PROTOCOL_MISMATCH' });
    // 2^24 UIDs, in answers of a quarter of a million.
    expect(server.commands.filter(isSearch).length).toBeLessThan(70);
  },
  120_000
);

type Open = Parameters<Parameters<typeof inFolder>[2]>[0];
