import type { Backfill } from '../../domain/sync/backfill';
import type { ImapSession, PassOutcome } from '../../ports';
import { FakeFolder } from '../../testing/fakes/fake-folder';
import { reply, syncPortsOf } from '../../testing/fakes/folder-scene';
import { folderWith, inboxWith } from '../../testing/fakes/mailbox-scene';
import { judgeHistory } from '../../testing/oracle/judge-history';
import type { Step } from '../../testing/world/history';
import { BackfillInbox } from './backfill-inbox';

test('P1: a message of old at which the server drops the connection is set aside, and the backfill comes to its end', async () => {
  const old = { inbox: 0, folder: 0, kind: 'reply', thread: 0 } as const;
  const turn: Step = { do: 'turn', inbox: 0, events: [], minutesAhead: 0, wakes: 0 };
  const { world, complaints } = await judgeHistory({
    hasObjectIds: true,
    isNumbered: true,
    chunk: 250,
    before: [
      { ...old, trait: { bodyCuts: Infinity } },
      { ...old, trait: {} },
    ],
    steps: [turn, { do: 'backfill', inbox: 0, days: 6 }, turn],
  });
  expect(complaints).toEqual([]);
  expect(world.database.backfills.get('I')).toMatchObject({ state: 'done', scanned: 2, logged: 1 });
  expect([...world.database.quarantine.values()]).toMatchObject([
    { code: 'CONNECTION_LOST', location: { imapUid: 1 }, evidence: { rung: 'in-reply-to' } },
  ]);
});

const began: Backfill = {
  since: '2026-01-01T00:00:00.000Z',
  state: 'running',
  startedAt: '2026-03-01T10:00:00.000Z',
  endedAt: null,
  total: 0,
  scanned: 0,
  logged: 0,
  day: '2026-03-01',
  bytesToday: 0,
  dailyBytes: 1e9,
  folders: [],
};

/** A step over three replies, which is told to end after so many bodies. */
const step = async (abortAfterBodies?: number) => {
  const controller = new AbortController();
  const outcomes: PassOutcome[] = [];
  const progress: Backfill[] = [];
  const messages = [1, 2, 3].map((number) => reply(number));
  const folder = new FakeFolder(messages, { uidValidity: '7', uidNext: 4, exists: 3, objectId: null });
  const options = abortAfterBodies === undefined ? {} : { abortAfterBodies };
  const ports = {
    ...syncPortsOf(options, { outcomes, waits: [], suspects: [], stop: () => controller.abort() }),
    folders: { list: async () => [folderWith('INBOX')] },
    backfills: {
      load: async () => began,
      recordProgress: async (_: unknown, now: Backfill) => void progress.push(now),
    },
  } as unknown as ConstructorParameters<typeof BackfillInbox>[0];
  const session = { openFolder: async () => folder } as unknown as ImapSession;
  const fence = { inboxDocumentId: 'I', token: 1 };
  const backfill = new BackfillInbox(ports, {
    inbox: inboxWith(),
    fence,
    session,
    signal: controller.signal,
  });
  const hasMore = await backfill.step();
  return { hasMore, progress, logged: outcomes.flatMap(({ logged }) => logged).length };
};

describe('a chunk of older mail', () => {
  test('is behind it once all of it was dealt with', async () => {
    const { hasMore, progress, logged } = await step();
    expect([hasMore, logged]).toEqual([true, 3]);
    expect(progress).toMatchObject([{ scanned: 3, logged: 3 }]);
  });

  test('P1, S52: that was cut short, by a change of the inbox or a stop, is read again', async () => {
    const { hasMore, progress, logged } = await step(1);
    expect(logged).toBeLessThan(3);
    expect([hasMore, progress]).toEqual([false, []]);
  });
});
