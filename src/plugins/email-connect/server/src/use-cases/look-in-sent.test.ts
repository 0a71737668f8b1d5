import type { OutgoingStage } from '../domain/outgoing/stage';
import type { ImapSession, OutboxEntry } from '../ports';
import { inboxWith } from '../testing/mailbox-scene';
import type { FilePorts } from './file-sent-copy';
import { lookInSent } from './look-in-sent';

/** What becomes of a mail of unknown outcome that is never found, look by look, where the provider files sent mail. */
const stagesOf = async (looks: number): Promise<OutgoingStage[]> => {
  const stages: OutgoingStage[] = [];
  const stop = new AbortController().signal;
  const session = { findByMessageId: async () => [] } as unknown as ImapSession;
  const inbox = inboxWith({ sentCopy: 'server', sentFolderPath: 'Sent' });
  let entry = { stage: 'unknown', attempts: 1, looks: 0 } as OutboxEntry;
  const ports = {
    clock: { monotonicMs: () => 0, sleep: async () => undefined },
    random: { bytes: () => new Uint8Array(16) },
    outbox: {
      claim: async (read: OutboxEntry) => (entry = { ...read, looks: read.looks + 1 }),
      renew: async () => true,
      record: async (_: OutboxEntry, { to }: { to: OutgoingStage }) => Boolean(stages.push(to)),
    },
    news: { announce: async () => undefined },
  } as unknown as FilePorts;
  for (let look = 0; look < looks; look += 1) {
    await lookInSent(ports, inbox, async () => session, entry, stop);
  }
  return stages;
};

test('S14: it is looked for three times before a person is asked, for some providers take minutes', async () => {
  expect(await stagesOf(3)).toEqual(['unknown', 'unknown', 'asked']);
});
