import type { FakeMessage } from '../../testing/fakes/fake-folder';
import { passOf, reply, stranger, waiting } from '../../testing/fakes/folder-scene';
import { uid } from '../../testing/fakes/build-mail';

/** Our own mail with the log address on Bcc. */
const bcc = (number: number, change: Partial<FakeMessage> = {}): FakeMessage => ({
  imapUid: uid(number),
  raw: `bcc.${number}@crm.test - us+crm@crm.test us@crm.test`,
  ...change,
});
const passed: FakeMessage['trace'] = [
  { name: 'authentication-results', value: 'mx.crm.test; dmarc=pass header.from=crm.test' },
  { name: 'received', value: 'from out.test ([192.0.2.1]) by mx.crm.test with ESMTP id 1; now' },
];

describe('what servers wrote above a mail that says it is the team’s', () => {
  test('S12: is asked for once in a chunk, and of no other mail', async () => {
    const strangerToLog = stranger(3, { raw: 'in.3@customer.test - us+crm@crm.test' });
    const ours = stranger(4, { raw: 'own.4@crm.test - us@crm.test' });
    const { folder, logged, outcomes } = await passOf([
      bcc(1, { trace: passed }),
      reply(2),
      strangerToLog,
      ours,
      bcc(5, { trace: passed.slice(1) }),
    ]);
    expect(folder.traced).toEqual([1, 5]);
    expect(logged).toEqual([1, 2]);
    expect(
      outcomes.flatMap(({ quarantined }) => quarantined.map(({ location, code }) => [location.imapUid, code]))
    ).toEqual([
      [3, 'LOG_SENDER_UNKNOWN'],
      [5, 'LOG_SENDER_UNVERIFIED'],
    ]);
    expect(folder.scans).toBe(1);
  });

  test('S12: nothing is asked where no mail needs it', async () => {
    const { folder } = await passOf([reply(1), stranger(2)]);
    expect(folder.traced).toEqual([]);
  });

  test('P1, P2: a connection that breaks at it writes nothing of the chunk, and the next pass reads all of it again', async () => {
    const messages = [reply(1), bcc(2, { endsTraces: true, trace: passed }), reply(3)];
    const { failure, logged, outcomes, folder } = await passOf(messages);
    expect(failure?.code).toBe('CONNECTION_LOST');
    expect(folder.fetchedBodies).toEqual([]);
    expect(logged).toEqual([]);
    expect(outcomes).toMatchObject([
      { cursorAfter: { lastUid: 0 }, quarantined: [], memory: { suspect: { imapUid: 2, losses: 1 } } },
    ]);
    const again = await passOf(
      messages.map((message) => ({ ...message, endsTraces: false })),
      {
        memory: outcomes[0]?.memory ?? {},
      }
    );
    expect(again.logged).toEqual([1, 2, 3]);
  });

  test('P1: a mail at which the connection breaks each time is set aside, and the others are read', async () => {
    const { outcomes } = await passOf([reply(1), bcc(2, { endsTraces: true }), reply(3)], {
      memory: { suspect: { imapUid: uid(2), losses: 3 } },
    });
    expect(outcomes.flatMap(({ logged }) => logged.map(({ location }) => location?.imapUid))).toEqual([1]);
    expect(outcomes.at(-1)).toMatchObject({
      cursorAfter: { lastUid: 2 },
      memory: { suspect: null },
      quarantined: [{ code: 'CONNECTION_LOST' }],
    });
  });

  test('c10: a mail that is gone meanwhile is neither held nor kept in quarantine', async () => {
    const { outcomes, logged } = await passOf([bcc(1, { isGone: true }), reply(2)]);
    expect(logged).toEqual([2]);
    expect(outcomes).toMatchObject([{ cursorAfter: { lastUid: 2 }, quarantined: [] }]);
  });

  test('c10: one that waited in quarantine leaves it when it is gone', async () => {
    const { outcomes } = await passOf([bcc(1, { isGone: true })], {
      cursor: { uidValidity: '7', lastUid: uid(1) },
      memory: { recentUids: '1' },
      due: [waiting(1)],
    });
    expect(outcomes.flatMap(({ lifted }) => lifted.map(({ imapUid }) => imapUid))).toEqual([1]);
  });
});
