import { emptyMemory } from '../../domain/sync/folder';
import type { Ports, RecordedChange } from '../../ports';
import { refusal } from '../../testing/fakes/fake-folder';
import { folderWith, inboxWith } from '../../testing/fakes/mailbox-scene';
import { uid } from '../../testing/fakes/build-mail';
import { RecordStep } from './record-step';

const change = (what: Partial<RecordedChange>): RecordedChange => ({
  direction: 'incoming',
  bounces: false,
  receivedAt: '2026-03-01T10:00:00.000Z',
  threadDocumentId: 'T',
  messageDocumentId: 'M',
  contacts: [],
  ...what,
});

/** What happened, in order, when a step was written that recorded this. */
const writtenStep = async (
  changes: RecordedChange[],
  { fails = false, announces = true } = {}
): Promise<string[]> => {
  const done: string[] = [];
  const ports = {
    clock: { now: () => new Date('2026-03-01T10:01:00Z') },
    logger: { warn: () => undefined },
    messages: {
      recordPass: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        if (fails) throw refusal('DATABASE_BUSY');
        done.push('recorded');
        return { changes, logged: [] };
      },
    },
    news: { announce: async ({ kind }: { kind: string }) => void done.push(kind) },
  } as unknown as Ports;
  const step = new RecordStep(ports, {
    inbox: inboxWith(),
    fence: { inboxDocumentId: 'I', token: 1 },
    folder: folderWith('INBOX', { cursor: null, memory: emptyMemory }),
    uidValidity: '7',
    attempts: new Map(),
    announces,
  });
  step.reach([uid(1)], uid(1), []);
  await step.write().catch(() => void done.push('failed'));
  return done;
};

describe('what a step recorded is told', () => {
  test.each<[string, Partial<RecordedChange>]>([
    ['message.received', {}],
    ['message.sent', { direction: 'outgoing' }],
    ['message.bounced', { bounces: true }],
  ])('as %s, once it is committed', async (kind, what) => {
    expect(await writtenStep([change(what)])).toEqual(['recorded', kind]);
  });

  test('not at all when nothing was committed, nor when it is history', async () => {
    expect(await writtenStep([change({})], { fails: true })).toEqual(['failed']);
    expect(await writtenStep([change({})], { announces: false })).toEqual(['recorded']);
  });
});
