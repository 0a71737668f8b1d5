import fc from 'fast-check';
import type { InjectedFault } from '../../dev/mail-server';
import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import { EmailConnectError } from '../../src/plugins/email-connect/server/src/domain/errors';
import { faults, startFaultyImap } from '../support/faulty-server';
import type { FaultyServer } from '../support/faulty-server';
import { allUids, inFolder, sessionPool } from '../support/imap-client';

const MESSAGES = 60;
const { connect, closeAll } = sessionPool();
let server: FaultyServer;
let existing: number[] = [];

beforeAll(async () => {
  server = await startFaultyImap({ inbox: MESSAGES });
  server.mailbox.expunge('INBOX', [1, 7, 8, 9, 31, 60]);
  existing = server.mailbox.messages('INBOX').map(({ uid }) => uid);
});
afterEach(closeAll);
afterAll(() => server.stop());

const uid = fc.integer({ min: 1, max: MESSAGES });
const uids = fc.uniqueArray(uid, { minLength: 1, maxLength: 5 });
const refusal = fc.constantFrom(
  'NO [UNAVAILABLE] Server error',
  'NO [SERVERBUG] internal',
  'NO Some of the requested messages no longer exist.',
  'NO Fetch failed',
  'BAD Parse error',
  'NO [LIMIT] Slow down'
);
const readCommand = fc.constantFrom('UID FETCH', 'UID SEARCH', 'EXAMINE', 'FETCH');

/** Once, a few times or always; from the first such command on or a later one. */
const scheduled = (fault: fc.Arbitrary<InjectedFault>): fc.Arbitrary<InjectedFault> =>
  fc
    .tuple(fault, fc.constantFrom(1, 1, 2, 3, Infinity), fc.nat(3))
    .map(([one, times, after]) => ({ ...one, times, after }));

const fault = scheduled(
  fc.oneof(
    fc
      .tuple(fc.constantFrom('UID FETCH' as const, 'FETCH' as const), uids)
      .map(([command, some]) => faults.dropRows(command, ...some)),
    fc
      .tuple(fc.constantFrom('nil' as const, 'empty' as const), uids)
      .map(([as, some]) => faults.blankHeaders(as, ...some)),
    fc.tuple(refusal, uids).map(([text, some]) => faults.refuse('UID FETCH', text).about(...some)),
    fc.tuple(readCommand, refusal).map(([command, text]) => faults.refuse(command, text)),
    fc.tuple(readCommand, fc.nat(20_000)).map(([command, bytes]) => faults.cutAfterBytes(command, bytes)),
    readCommand.map((command) => faults.cut(command)),
    readCommand.map((command) => faults.cutBeforeAnswer(command)),
    readCommand.map((command) => faults.goodbye(command, 'Shutting down'))
  )
);

const pass = async () => {
  const session = await connect(server.access, undefined, createImap({ retryWaitsMs: [0] }));
  return inFolder(session, 'INBOX', async (folder) => {
    expect(folder.state).toMatchObject({ uidNext: MESSAGES + 1, exists: existing.length });
    return folder.scanHeaders(await allUids(folder));
  });
};

test('P1: whatever goes wrong, a pass has every message once, or says that it has not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 4 }), async (plan) => {
      server.server.faults.clear();
      server.inject(...plan);
      const result = await pass().catch((error: unknown) => {
        if (error instanceof EmailConnectError) return error.code;
        throw error;
      });
      await closeAll();
      if (typeof result === 'string') {
        expect(result).toMatch(/^(CONNECTION_LOST|SERVER_THROTTLED|SERVER_REFUSED|FOLDER_UNREADABLE)$/);
      } else {
        const accounted = [...result.scanned.map(({ imapUid }) => imapUid), ...result.unreadable];
        expect(accounted.sort((a, b) => a - b)).toEqual(existing);
        expect(result.scanned.every(({ headerBytes }) => headerBytes.length > 20)).toBe(true);
      }
      server.server.faults.clear();
      const { scanned, unreadable } = await pass();
      expect([scanned.map(({ imapUid }) => imapUid), unreadable]).toEqual([existing, []]);
      await closeAll();
    }),
    { numRuns: 150 }
  );
}, 120_000);
