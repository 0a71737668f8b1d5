import { transitionOf } from '../../domain/outgoing/transition';
import type { OutgoingEvent } from '../../domain/outgoing/transition';
import type { OutboxEntry } from '../../ports';
import { recordOutgoing } from './record-outgoing';
import type { RecordOutgoingPorts } from './record-outgoing';

const entry = { inboxDocumentId: 'I', threadDocumentId: 'T', contacts: [], sourceKey: 'key' } as unknown;

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
});
