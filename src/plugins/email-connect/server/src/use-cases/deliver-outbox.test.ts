import type { Inbox } from '../domain/inbox/inbox';
import type { ImapSession, OutboxEntry, OutboxRecords } from '../ports';
import { refusal } from '../testing/fake-folder';
import { id } from '../testing/messages';
import { deliverOutbox } from './deliver-outbox';
import type { SubmitPorts } from './submit-message';

type Setback = Parameters<OutboxRecords['recordSetback']>[1];

const entryAt = (stage: OutboxEntry['stage'], attempts = 0): OutboxEntry => ({
  outboxId: 1,
  inboxDocumentId: 'I',
  messageDocumentId: 'M',
  threadDocumentId: 'T',
  messageId: id('c.1@crm.test'),
  contacts: [],
  smtpEnvelope: { mailFrom: 'us@crm.test', rcptTo: ['ann@customer.test'] },
  sourceKey: 'key',
  stage,
  attempts,
});

interface World {
  entry: OutboxEntry;
  sentCopy?: Inbox['sentCopy'];
  /** Message-IDs that Sent holds already. */
  inSent?: boolean;
  submissionFails?: Parameters<typeof refusal>[0];
  appendFails?: boolean;
  claimed?: boolean;
}

/** One round of the outbox; what was done, in order. */
const deliver = async (world: World) => {
  const done: string[] = [];
  const setbacks: Setback[] = [];
  const ports = {
    clock: { now: () => new Date('2026-03-01T10:00:00Z') },
    hosts: { resolve: async () => '192.0.2.1' },
    secrets: { open: () => 'password' },
    inboxes: { loadSecrets: async () => ({ imapPassword: 'sealed', smtpPassword: 'sealed' }) },
    smtp: {
      submit: async () => {
        done.push('submitted');
        if (world.submissionFails) throw refusal(world.submissionFails);
        return { serverMessageId: null, response: '250 queued' };
      },
    },
    attachments: {
      remove: async () => void done.push('bytes let go'),
      open: async () =>
        (async function* () {
          yield new TextEncoder().encode('the very ');
          yield new TextEncoder().encode('bytes');
        })(),
    },
    outbox: {
      listDue: async () => [world.entry],
      claim: async () => world.claimed ?? true,
      recordSent: async () => void done.push('recorded as sent'),
      recordFiled: async (_: OutboxEntry, filed: string) => void done.push(`filed: ${filed}`),
      recordSetback: async (_: OutboxEntry, setback: Setback) => void setbacks.push(setback),
    },
    news: { announce: async ({ kind }: { kind: string }) => void done.push(kind) },
    logger: { warn: () => undefined },
  } as unknown as SubmitPorts;
  const session = {
    findByMessageId: async () => (world.inSent ? [7] : []),
    append: async (folderPath: string, source: Uint8Array) => {
      if (world.appendFails) throw refusal('CONNECTION_LOST');
      done.push(`appended "${new TextDecoder().decode(source)}" to ${folderPath}`);
    },
  } as unknown as ImapSession;
  const inbox = {
    documentId: 'I',
    sentCopy: world.sentCopy ?? 'append',
    sentFolderPath: 'Sent',
    smtp: {},
  } as Inbox;
  await deliverOutbox(ports, inbox, session);
  return { done, setbacks };
};

describe('the outbox of an inbox', () => {
  test('S9: submits, records, and puts the same bytes into Sent', async () => {
    const { done } = await deliver({ entry: entryAt('submit') });
    expect(done).toEqual([
      'submitted',
      'recorded as sent',
      'message.sent',
      'appended "the very bytes" to Sent',
      'filed: appended',
      'bytes let go',
    ]);
  });

  test('S9: a copy that is in Sent already is not filed again', async () => {
    expect((await deliver({ entry: entryAt('file'), inSent: true })).done).toEqual([
      'filed: found',
      'bytes let go',
    ]);
  });

  test('S8: a provider that files sent mail itself gets no copy from us', async () => {
    expect((await deliver({ entry: entryAt('file'), sentCopy: 'server' })).done).toEqual([
      'filed: skipped',
      'bytes let go',
    ]);
  });

  test('a copy that cannot be filed leaves the mail sent, and is tried again', async () => {
    const { setbacks } = await deliver({ entry: entryAt('file'), appendFails: true });
    expect(setbacks).toEqual([
      expect.objectContaining({
        stage: 'file',
        deliveryStatus: 'sent',
        code: 'SENT_COPY_FAILED',
        nextAttemptAt: new Date('2026-03-01T10:05:00Z'),
      }),
    ]);
  });

  test('a server that is away leaves the mail queued, and nothing goes to Sent', async () => {
    const { done, setbacks } = await deliver({
      entry: entryAt('submit'),
      submissionFails: 'CONNECTION_REFUSED',
    });
    expect(done).not.toContain('bytes let go');
    expect(setbacks[0]).toMatchObject({
      stage: 'submit',
      deliveryStatus: 'queued',
      nextAttemptAt: new Date('2026-03-01T10:01:00Z'),
    });
    expect(done).toEqual(['submitted', 'message.failed']);
  });

  test('a refused recipient fails the mail for good, with the reason', async () => {
    const { setbacks } = await deliver({ entry: entryAt('submit'), submissionFails: 'RECIPIENT_REFUSED' });
    expect(setbacks[0]).toMatchObject({
      stage: 'failed',
      deliveryStatus: 'failed',
      code: 'RECIPIENT_REFUSED',
      nextAttemptAt: null,
    });
  });

  test('S14: a mail of unknown outcome is not submitted again, it is looked for', async () => {
    const broken = await deliver({ entry: entryAt('submit'), submissionFails: 'SEND_OUTCOME_UNKNOWN' });
    expect(broken.setbacks[0]).toMatchObject({ stage: 'verify', deliveryStatus: 'unknown' });
    const found = await deliver({ entry: entryAt('verify', 1), sentCopy: 'server', inSent: true });
    expect(found.done).toEqual(['recorded as sent', 'filed: found', 'bytes let go']);
    const missing = await deliver({ entry: entryAt('verify', 1) });
    expect(missing.done).toEqual([]);
    expect(missing.setbacks[0]).toMatchObject({
      stage: 'failed',
      deliveryStatus: 'unknown',
      nextAttemptAt: null,
    });
  });

  test('P2: an entry that another process has is left to it', async () => {
    expect((await deliver({ entry: entryAt('submit'), claimed: false })).done).toEqual([]);
  });
});
