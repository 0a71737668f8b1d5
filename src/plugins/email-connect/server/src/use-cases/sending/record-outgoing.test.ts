import { transitionOf } from '../../domain/outgoing/transition';
import type { OutgoingEvent, OutgoingFailure } from '../../domain/outgoing/transition';
import type { OutboxEntry } from '../../ports';
import { recordOutgoing } from './record-outgoing';
import type { RecordOutgoingPorts } from './record-outgoing';

const entry = { inboxDocumentId: 'I', threadDocumentId: 'T', contacts: [], sourceKey: 'key' } as unknown;

const refused: OutgoingFailure = {
  code: 'MESSAGE_REFUSED',
  message: 'No.',
  nextStep: 'Write another.',
  detail: '',
};

/** The news of what is recorded. */
const newsOf = async (event: OutgoingEvent): Promise<string[]> => {
  const news: string[] = [];
  const ports = {
    outbox: { record: async () => true },
    news: { announce: async ({ kind }: { kind: string }) => void news.push(kind) },
    attachments: { remove: async () => undefined },
  } as unknown as RecordOutgoingPorts;
  await recordOutgoing(ports, entry as OutboxEntry, transitionOf(event), { under: { kind: 'stage' } });
  return news;
};

describe('what is told of a recorded transition', () => {
  test('S51: a mail is told as sent once, and not again because its copy could not be filed', async () => {
    expect(await newsOf({ kind: 'taken', refused: [] })).toEqual(['message.sent']);
    expect(await newsOf({ kind: 'settled', wentOut: true })).toEqual(['message.sent']);
    expect(await newsOf({ kind: 'not-filed', message: 'No room.', isKnown: true, tries: 1 })).toEqual([
      'message.changed',
    ]);
    expect(await newsOf({ kind: 'filed' })).toEqual([]);
  });

  test.each<[string, OutgoingEvent]>([
    ['message.sent', { kind: 'taken', refused: [] }],
    [
      'message.failed',
      { kind: 'not-taken', failure: refused, attempts: 1, isDoubted: false, isAnswered: true },
    ],
    ['message.changed', { kind: 'settled', wentOut: false }],
  ])('S51: %s is told once it is on record, and not at all when it is not', async (kind, event) => {
    const done: string[] = [];
    const recording = (isRecorded: boolean) =>
      ({
        outbox: {
          record: async () => {
            await new Promise((resolve) => setImmediate(resolve));
            done.push(isRecorded ? 'recorded' : 'overtaken');
            return isRecorded;
          },
        },
        news: { announce: async (told: { kind: string }) => void done.push(told.kind) },
        attachments: { remove: async () => undefined },
      }) as unknown as RecordOutgoingPorts;
    for (const isRecorded of [true, false]) {
      const under = { kind: 'stage' } as const;
      await recordOutgoing(recording(isRecorded), entry as OutboxEntry, transitionOf(event), { under });
    }
    expect(done).toEqual(['recorded', kind, 'overtaken']);
  });
});
