import type { EmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import type { LoggingFacts } from '../domain/logging/verdict';
import type { ParsedMessage } from '../domain/message/message';
import type { InboxFolder, SyncCursor } from '../domain/sync/folder';
import type { ImapSession, PassOutcome } from '../ports';
import { FakeFolder, refusal } from '../testing/fake-folder';
import type { FakeMessage } from '../testing/fake-folder';
import { factsWith, headersWith, id, uid } from '../testing/messages';
import { syncFolder } from './sync-folder';
import type { SyncPorts } from './sync-folder';

/** `<id> <in-reply-to>`: enough of a message for a fake parser. */
const reply = (number: number, change: Partial<FakeMessage> = {}): FakeMessage => ({
  imapUid: uid(number),
  raw: `in.${number}@customer.test sent.1@crm.test`,
  ...change,
});
const stranger = (number: number, change: Partial<FakeMessage> = {}): FakeMessage => ({
  imapUid: uid(number),
  raw: `in.${number}@customer.test`,
  ...change,
});

const headersOf = (bytes: Uint8Array) => {
  const [messageId = '', inReplyTo] = new TextDecoder().decode(bytes).split(' ');
  return headersWith({ messageId: id(messageId), inReplyTo: inReplyTo ? [id(inReplyTo)] : [] });
};

const run = async (
  messages: FakeMessage[],
  options: {
    cursor?: SyncCursor | null;
    uidNext?: number;
    uidValidity?: string;
    facts?: LoggingFacts;
    abortAfterBodies?: number;
  } = {}
) => {
  const last = messages.at(-1)?.imapUid ?? 0;
  const folder = new FakeFolder(messages, {
    uidValidity: options.uidValidity ?? '7',
    uidNext: options.uidNext ?? last + 1,
    exists: messages.length,
  });
  const outcomes: PassOutcome[] = [];
  const waits: number[] = [];
  const controller = new AbortController();
  const ports = {
    clock: { now: () => new Date('2026-03-01T10:01:00Z'), sleep: async (ms: number) => void waits.push(ms) },
    mime: {
      parseHeaders: headersOf,
      parseMessage: async (): Promise<ParsedMessage> => {
        if (folder.fetchedBodies.length === options.abortAfterBodies) controller.abort();
        return {
          headers: headersWith(),
          text: 'hi',
          html: '',
          attachments: [],
          parsedAs: 'mime',
        };
      },
    },
    attachments: {},
    logging: { loadFacts: async () => options.facts ?? factsWith() },
    messages: {
      recordPass: async (outcome: PassOutcome) => {
        outcomes.push(outcome);
        return outcome.logged.map(() => ({
          threadDocumentId: 'T',
          messageDocumentId: 'M',
          direction: 'incoming',
          contacts: [],
        }));
      },
    },
    news: { announce: async () => undefined },
    settings: { attachmentLimitBytes: 1, textLimitBytes: 1 },
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as SyncPorts;
  const stored: InboxFolder = {
    folderPath: 'INBOX',
    specialUse: 'inbox',
    watched: true,
    cursor: options.cursor === undefined ? { uidValidity: '7', lastUid: uid(0) } : options.cursor,
    lastPassAt: '2026-03-01T09:00:00.000Z',
    lastErrorCode: null,
  };
  const session = { openFolder: async () => folder } as unknown as ImapSession;
  const inbox = { documentId: 'I', address: 'us@crm.test', connectedAt: '2026-01-01T00:00:00.000Z' } as Inbox;
  const failure = await syncFolder(
    ports,
    { inbox, fence: { inboxDocumentId: 'I', token: 1 }, session, signal: controller.signal },
    stored
  ).then(
    () => null,
    (error: EmailConnectError) => error
  );
  return {
    folder,
    outcomes,
    waits,
    failure,
    logged: outcomes.flatMap((outcome) => outcome.logged.map(({ location }) => location.imapUid)),
  };
};

describe('a pass of one folder', () => {
  test('S7: the first sight of a folder reads nothing and starts behind its newest message', async () => {
    const { folder, outcomes } = await run([reply(1), reply(2)], { cursor: null });
    expect(folder.scans).toBe(0);
    expect(outcomes.map(({ cursorAfter }) => cursorAfter)).toEqual([{ uidValidity: '7', lastUid: 2 }]);
  });

  test('S12, S19: of 100 strangers and one reply, one body is fetched', async () => {
    const { folder, logged } = await run([
      ...Array.from({ length: 100 }, (_, i) => stranger(i + 1)),
      reply(101),
    ]);
    expect(folder.fetchedBodies).toEqual([101]);
    expect(logged).toEqual([101]);
  });

  test('P1: a message whose headers never come is in quarantine before the cursor passes it', async () => {
    const { outcomes } = await run([stranger(1), reply(2, { unreadable: true }), stranger(3)]);
    const [first] = outcomes;
    expect(first?.quarantined.map(({ location, code }) => [location.imapUid, code])).toEqual([
      [2, 'MESSAGE_UNREADABLE'],
    ]);
    expect(first?.cursorAfter.lastUid).toBe(3);
  });

  test('P1: a body that is refused three times goes to quarantine with its evidence, and the next is logged', async () => {
    const { outcomes, logged, waits } = await run([
      reply(1, { bodyFailures: [refusal('SERVER_REFUSED')] }),
      reply(2),
    ]);
    expect(logged).toEqual([2]);
    expect(waits).toHaveLength(2);
    expect(outcomes[0]?.quarantined[0]).toMatchObject({
      code: 'SERVER_REFUSED',
      evidence: { rung: 'in-reply-to' },
    });
  });

  test('P2: a connection that breaks ends the pass with the cursor where it was', async () => {
    const { outcomes, failure, folder } = await run([
      reply(1, { bodyFailures: [refusal('CONNECTION_LOST')] }),
    ]);
    expect(failure?.code).toBe('CONNECTION_LOST');
    expect(outcomes).toEqual([]);
    expect(folder.released).toBe(1);
  });

  test('c10: a message that is gone before its body is read is passed over, not put in quarantine', async () => {
    const gone = new FakeFolder([], { uidValidity: '7', uidNext: 2, exists: 0 });
    expect(await gone.fetchMessage(uid(1))).toBeNull();
    const { outcomes } = await run([stranger(1)], { uidNext: 5 });
    expect(outcomes.at(-1)).toMatchObject({ quarantined: [], cursorAfter: { lastUid: 4 } });
  });

  test('P3: after UIDVALIDITY changed the window is read again and the cursor carries the new validity', async () => {
    const { logged, outcomes } = await run([reply(1)], { cursor: { uidValidity: '6', lastUid: uid(900) } });
    expect(logged).toEqual([1]);
    expect(outcomes.at(-1)?.cursorAfter).toEqual({ uidValidity: '7', lastUid: 1 });
  });

  test('P5: a reply to a reply that came in the same chunk, before it, is logged too', async () => {
    const late = { imapUid: uid(1), raw: 'in.9@customer.test in.2@customer.test' };
    expect((await run([late, reply(2)])).logged).toEqual([1, 2]);
  });

  test('a burst is written in steps, each with the cursor it has reached', async () => {
    const { outcomes } = await run(Array.from({ length: 60 }, (_, i) => reply(i + 1)));
    expect(outcomes.map(({ logged, cursorAfter }) => [logged.length, cursorAfter.lastUid])).toEqual([
      [25, 25],
      [25, 50],
      [10, 60],
      [0, 60],
    ]);
    outcomes.slice(1).forEach((outcome, i) => expect(outcome.cursorBefore).toEqual(outcomes[i]?.cursorAfter));
  });

  test('P2: a shutdown ends the pass behind what it has read, and the cursor tells', async () => {
    const { outcomes, folder } = await run([reply(1), reply(2), reply(3)], { abortAfterBodies: 2 });
    expect(folder.fetchedBodies).toEqual([1, 2]);
    expect(outcomes.map(({ logged, cursorAfter }) => [logged.length, cursorAfter.lastUid])).toEqual([[2, 2]]);
  });

  test('S21: nothing of an un-logged thread is read', async () => {
    const facts = factsWith({
      threads: new Map([['T', { documentId: 'T', state: 'unlogged', participants: new Set() }]]),
    });
    const { folder, logged } = await run([reply(1)], { facts });
    expect([folder.fetchedBodies, logged]).toEqual([[], []]);
  });

  test('a message that is recorded already only gains a location', async () => {
    const { folder, outcomes } = await run([{ imapUid: uid(1), raw: 'sent.1@crm.test' }]);
    expect(folder.fetchedBodies).toEqual([]);
    expect(outcomes[0]?.sighted).toEqual([
      { messageDocumentId: 'M1', location: { folderPath: 'INBOX', uidValidity: '7', imapUid: 1 } },
    ]);
  });
});
