import type { Inbox } from '../../domain/inbox/inbox';
import type { ImapSession, OutboxEntry, SubmissionReceipt } from '../../ports';
import { refusal } from '../../testing/fakes/fake-folder';
import { FakeOutbox, outboxEntry } from '../../testing/fakes/fake-outbox';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { deliverOutbox } from './deliver-outbox';
import type { SubmitPorts } from './submit-message';

interface World {
  entry: Partial<OutboxEntry>;
  inbox?: Partial<Inbox>;
  /** What somebody has made of the inbox since this round began. */
  edited?: Partial<Inbox>;
  /** Sent holds it already. */
  inSent?: boolean;
  /** Reading has seen it in a mailbox. */
  isEvident?: boolean;
  submission?: Parameters<typeof refusal>[0] | Partial<SubmissionReceipt>;
  append?: Parameters<typeof refusal>[0];
  login?: Parameters<typeof refusal>[0];
  failsToRecord?: number;
  /** What happens while the server has the mail. */
  meanwhile?: (outbox: FakeOutbox) => void;
}

/** What a round of the outbox needs; what is done through it is written down. */
const portsOf = (world: World, outbox: FakeOutbox, done: string[]): SubmitPorts => {
  const ports = {
    clock: {
      now: () => new Date('2026-03-01T10:00:00Z'),
      monotonicMs: () => 0,
      sleep: async (ms: number, signal: AbortSignal) => {
        if (ms < 15_000 && !signal.aborted) return void done.push(`waited ${ms}`);
        await new Promise<void>((wake) => signal.addEventListener('abort', () => wake()));
      },
    },
    random: { bytes: () => new Uint8Array(16) },
    hosts: { resolve: async () => '192.0.2.1' },
    secrets: { open: () => 'password' },
    inboxes: {
      load: async () => inboxWith({ ...world.inbox, ...world.edited }),
      loadSecrets: async () => ({ imapPassword: 'sealed', smtpPassword: 'sealed' }),
    },
    smtp: {
      submit: async () => {
        done.push('submitted');
        world.meanwhile?.(outbox);
        if (typeof world.submission === 'string') throw refusal(world.submission);
        return { serverMessageId: null, response: '250 queued', refused: [], ...world.submission };
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
    outbox: outbox.records,
    background: { run: async (work: (end: AbortSignal) => unknown) => work(new AbortController().signal) },
    news: { announce: async ({ kind }: { kind: string }) => void done.push(kind) },
    logger: { warn: () => undefined },
  };
  return ports as unknown as SubmitPorts;
};

/** One round of the outbox; what was done, in order. */
const deliver = async (world: World) => {
  const done: string[] = [];
  const outbox = new FakeOutbox(outboxEntry(world.entry));
  outbox.failsToRecord = world.failsToRecord ?? 0;
  outbox.isEvident = world.isEvident ?? false;
  const ports = portsOf(world, outbox, done);
  const session = {
    findByMessageId: async () => (world.inSent ? [7] : []),
    append: async (folderPath: string, source: Uint8Array) => {
      if (world.append) throw refusal(world.append);
      done.push(`appended "${new TextDecoder().decode(source)}" to ${folderPath}`);
    },
  } as unknown as ImapSession;
  const open = async () => {
    if (world.login) throw refusal(world.login);
    return session;
  };
  const inbox = inboxWith({ sentCopy: 'append', sentFolderPath: 'Sent', ...world.inbox });
  const never = new AbortController().signal;
  await deliverOutbox(ports, inbox, open, { leave: never, stop: never });
  return { done, outbox, entry: outbox.entry };
};

describe('S51: a mail that is due', () => {
  test('is submitted once, and told when it is recorded', async () => {
    const { done, entry } = await deliver({ entry: {} });
    expect(done).toEqual(['submitted', 'message.sent']);
    expect(entry).toMatchObject({ stage: 'sent', attempts: 1 });
  });

  test('a server that is away leaves it queued; nobody is told that it failed', async () => {
    const { done, entry } = await deliver({ entry: {}, submission: 'CONNECTION_REFUSED' });
    expect(done).toEqual(['submitted', 'message.changed']);
    expect(entry).toMatchObject({ stage: 'queued', failure: { code: 'CONNECTION_REFUSED' } });
  });

  test.each(['RECIPIENT_REFUSED', 'LOGIN_REFUSED', 'TLS_NOT_OFFERED', 'KEY_MISSING'] as const)(
    '%s ends it, and its writer is told: the two are one decision',
    async (code) => {
      const { done, entry } = await deliver({ entry: {}, submission: code });
      expect(done).toEqual(['submitted', 'message.failed', 'bytes let go']);
      expect(entry).toMatchObject({ stage: 'refused', failure: { code } });
    }
  );

  test('the server took it, the database did not: the answer is recorded as soon as it can be, and nothing sent again', async () => {
    const { done, entry } = await deliver({ entry: {}, failsToRecord: 3 });
    expect(done).toEqual(['submitted', 'waited 200', 'waited 400', 'waited 800', 'message.sent']);
    expect(entry.stage).toBe('sent');
  });

  test('the server’s yes counts although somebody took it for lost meanwhile', async () => {
    const { entry } = await deliver({
      entry: {},
      meanwhile: (outbox) => {
        outbox.entry = { ...outbox.entry, stage: 'asked', claimId: 'another' };
      },
    });
    expect(entry.stage).toBe('sent');
  });

  test('a failure says nothing of a mail that a person has decided over meanwhile', async () => {
    const { done, entry } = await deliver({
      entry: {},
      submission: 'CONNECTION_LOST',
      meanwhile: (outbox) => {
        outbox.entry = { ...outbox.entry, stage: 'ended' };
      },
    });
    expect([done, entry.stage]).toEqual([['submitted'], 'ended']);
  });

  test('S4: goes out for the address and login it was written for, or not at all', async () => {
    const { done, entry } = await deliver({ entry: {}, inbox: { address: 'jo@crm.test' } });
    expect(done).toEqual(['message.failed', 'bytes let go']);
    expect(entry).toMatchObject({ stage: 'refused', failure: { code: 'INBOX_CHANGED' } });
  });

  test('S4: also where its inbox was edited after this round began: it may last for hours', async () => {
    const { done, entry } = await deliver({ entry: {}, edited: { address: 'jo@crm.test' } });
    expect(done).toEqual(['message.failed', 'bytes let go']);
    expect(entry).toMatchObject({ stage: 'refused', failure: { code: 'INBOX_CHANGED' } });
  });

  test('P2: one that another process has is left to it', async () => {
    const { done } = await deliver({ entry: { stage: 'held' } });
    expect(done).toEqual([]);
  });

  test('P2: one whose holder died with it in hand is looked for, not sent again', async () => {
    const { done, entry } = await deliver({ entry: { stage: 'submitting', claimId: 'dead' } });
    expect([done, entry.stage, entry.isDoubted]).toEqual([['message.changed'], 'unknown', true]);
  });
});

test('c25: a refused login is tried for one mail; the others wait, told why', async () => {
  const outboxes = [1, 2, 3].map(
    (outboxId) => new FakeOutbox(outboxEntry({ outboxId, messageDocumentId: `M${outboxId}` }))
  );
  const of = ({ outboxId }: OutboxEntry) => outboxes[outboxId - 1]!.records;
  let logins = 0;
  const ports = {
    ...portsOf({ entry: {} }, new FakeOutbox(outboxEntry()), []),
    smtp: {
      submit: async () => {
        logins += 1;
        throw refusal('LOGIN_REFUSED');
      },
    },
    outbox: {
      listEvident: async () => [],
      listDue: async () => outboxes.map(({ entry }) => entry),
      listOpen: async () => outboxes.map(({ entry }) => entry),
      claim: (entry: OutboxEntry, claim: never) => of(entry).claim(entry, claim),
      renew: async () => true,
      record: (entry: OutboxEntry, ...rest: [never, never]) => of(entry).record(entry, ...rest),
    },
  } as unknown as SubmitPorts;
  const never = new AbortController().signal;
  await deliverOutbox(ports, inboxWith(), () => Promise.reject(new Error('unused')), {
    leave: never,
    stop: never,
  });
  expect(logins).toBe(1);
  expect(outboxes.map(({ entry }) => [entry.stage, entry.attempts, entry.failure?.code])).toEqual([
    ['refused', 1, 'LOGIN_REFUSED'],
    ['queued', 0, 'LOGIN_REFUSED'],
    ['queued', 0, 'LOGIN_REFUSED'],
  ]);
});

describe('S14: a mail of unknown outcome', () => {
  test('is told as such, and not submitted again', async () => {
    const { done, entry } = await deliver({ entry: {}, submission: 'SEND_OUTCOME_UNKNOWN' });
    expect(done).toEqual(['submitted', 'message.changed']);
    expect(entry).toMatchObject({ stage: 'unknown', isDoubted: true });
  });

  test('S8: found in Sent it is sent, and told', async () => {
    const { done, entry } = await deliver({ entry: { stage: 'unknown', isDoubted: true }, inSent: true });
    expect([done, entry.stage]).toEqual([['message.sent'], 'sent']);
  });

  test.each(['unknown', 'asked'] as const)(
    'S14: that is %s, and lies in a mailbox under whatever id, has gone out',
    async (stage) => {
      const { done, entry } = await deliver({ entry: { stage, isDoubted: true }, isEvident: true });
      expect(done[0]).toBe('message.sent');
      expect(entry.stage).toMatch(/^(sent|filed)$/);
    }
  );

  test.each([
    ['append', 0, undefined, 'asked'],
    ['server', 0, undefined, 'unknown'],
    ['server', 2, undefined, 'asked'],
    ['server', 2, 'CONNECTION_REFUSED', 'asked'],
  ] as const)('not found (%s, %i looks before, %s) it is %s', async (sentCopy, looks, login, stage) => {
    const world = { entry: { stage: 'unknown', looks } as const, inbox: { sentCopy } };
    const { done, entry } = await deliver({ ...world, ...(login ? { login } : {}) });
    expect(done).toEqual(['message.changed']);
    expect(entry).toMatchObject({ stage, looks: looks + 1 });
  });
});

test('S51: what a look found is recorded although the database is away for a moment', async () => {
  const found = { entry: { stage: 'unknown' }, inSent: true, failsToRecord: 2 } as const;
  const { done, entry } = await deliver(found);
  expect(done).toEqual(['waited 200', 'waited 400', 'message.sent']);
  expect(entry.stage).toBe('sent');
});

describe('S9: the copy in Sent', () => {
  const sent = { entry: { stage: 'sent' } } as const;

  test('is the very bytes that were submitted, once', async () => {
    const { done, outbox } = await deliver(sent);
    expect(done).toEqual(['appended "the very bytes" to Sent', 'bytes let go']);
    expect(outbox.facts[0]?.filed).toBe('appended');
    expect(outbox.entry.stage).toBe('filed');
  });

  test('that is there, and not recorded for a moment, is of no unknown outcome for that', async () => {
    const { done, outbox } = await deliver({ ...sent, failsToRecord: 2 });
    expect(done).toEqual(['appended "the very bytes" to Sent', 'waited 200', 'waited 400', 'bytes let go']);
    expect(outbox.entry.stage).toBe('filed');
  });

  test('that could not be filed is tried again as planned, although the database is away for a moment', async () => {
    const { done, outbox } = await deliver({ ...sent, login: 'CONNECTION_LOST', failsToRecord: 2 });
    expect(done).toEqual(['waited 200', 'waited 400', 'message.changed']);
    expect(outbox.transitions).toEqual([expect.objectContaining({ to: 'sent', waitMs: 5 * 60_000 })]);
  });

  test('is not filed again when it is there already', async () => {
    const { done, outbox } = await deliver({ ...sent, inSent: true });
    expect([done, outbox.facts[0]?.filed]).toEqual([['bytes let go'], 'found']);
  });

  test('S8: is left to a provider that files sent mail itself, without a login', async () => {
    const { done, outbox } = await deliver({
      ...sent,
      inbox: { sentCopy: 'server' },
      login: 'LOGIN_REFUSED',
    });
    expect([done, outbox.facts[0]?.filed]).toEqual([['bytes let go'], 'skipped']);
  });

  test.each([
    ['SERVER_REFUSED', { append: 'SERVER_REFUSED' }, 5],
    ['CONNECTION_LOST', { append: 'CONNECTION_LOST' }, 15],
    ['a login', { login: 'CONNECTION_LOST' }, 5],
  ] as const)('that failed for %s leaves the mail sent, and is tried again', async (_, failure, minutes) => {
    const { outbox, done } = await deliver({ ...sent, ...failure });
    expect(done).toEqual(['message.changed']);
    expect(outbox.transitions).toEqual([
      expect.objectContaining({
        to: 'sent',
        waitMs: minutes * 60_000,
        failure: expect.objectContaining({ code: 'SENT_COPY_FAILED' }),
      }),
    ]);
  });
});
