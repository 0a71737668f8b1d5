import type { Inbox } from '../../domain/inbox/inbox';
import type { Ports } from '../../ports';
import { refusal } from '../fakes/fake-folder';
import { modelPorts } from '../world/ports';
import { modelSmtp } from './smtp';
import type { CallName } from './history';
import { mailPorts } from './mail';
import type { SendingProcess } from './process';
import { wakeupsOf } from './wakeups';
import type { SendingWorld } from './world';

const PASS_INTERVAL_MS = 900_000;

/** Everything the loops, the supervisor and the people of one process need. */
export const sendingPorts = (world: SendingWorld, process: SendingProcess): Ports => {
  const reading = modelPorts(world, process);
  return {
    ...reading,
    ...timePorts(world, process),
    ...recordPorts(world, process, reading),
    ...mailPorts(world, process, reading),
    settings: { ...reading.settings, passIntervalMs: PASS_INTERVAL_MS },
    smtp: modelSmtp(world, process),
  };
};

type Asked = <Result>(name: CallName, work: () => Result) => Promise<Result>;
const askOf =
  (process: SendingProcess): Asked =>
  (name, work) =>
    process.call('other', work, name);

const timePorts = (
  world: SendingWorld,
  process: SendingProcess
): Pick<Ports, 'clock' | 'random' | 'wakeups' | 'background' | 'news'> => ({
  clock: {
    now: () => new Date(world.now + process.clockOffsetMs),
    monotonicMs: () => world.now,
    sleep: (ms, signal) => process.sleep(ms, signal),
  },
  random: { bytes: (length) => world.randomBytes(length) },
  wakeups: wakeupsOf(process),
  background: {
    run: (work) => {
      const running = work(process.controller.signal);
      const settled = running.then(
        () => undefined,
        () => undefined
      );
      process.underWay.add(settled);
      void settled.then(() => process.underWay.delete(settled));
      return running;
    },
  },
  news: {
    announce: ({ kind, threadDocumentId }) =>
      process
        .call('smtp', () => world.witness.heardOfNews(kind, threadDocumentId ?? ''), 'announce')
        .catch(() => undefined),
    after: async () => ({ cursor: '', items: [], mayHaveMissed: false }),
  },
});

const recordPorts = (
  world: SendingWorld,
  process: SendingProcess,
  reading: Ports
): Pick<Ports, 'outbox' | 'inboxes' | 'secrets' | 'audit' | 'threads' | 'upkeep'> => {
  const ask = askOf(process);
  const { database, sealed } = world;
  return {
    outbox: outboxPorts(world, ask),
    inboxes: {
      ...reading.inboxes,
      load: (documentId) => ask('any', () => copyOf(database.inboxes.get(documentId))),
      list: () => ask('any', () => [...database.inboxes.values()].map((inbox) => ({ ...inbox }))),
      findByOwner: (owner) =>
        ask('any', () => {
          const isTheirs = (inbox: Inbox) =>
            inbox.ownerDocumentId === owner && inbox.state !== 'disconnected';
          return copyOf([...database.inboxes.values()].find(isTheirs));
        }),
      findByAddress: (address) =>
        ask('any', () => {
          const hasIt = (inbox: Inbox) => inbox.address === address && inbox.state !== 'disconnected';
          return copyOf([...database.inboxes.values()].find(hasIt));
        }),
      change: (documentId, decide, also = {}) =>
        ask(also.secrets === null ? 'forget' : 'inbox', () => world.changeInbox(documentId, decide, also)),
      recordState: (inbox, progress) => ask('inbox', () => database.recordState(inbox, progress)),
      // Spared all fates: it would draw them away from the calls that matter.
      listSignalled: async (withinMs) =>
        [...database.inboxes.values()]
          .filter(({ documentId }) => (database.signalledAt.get(documentId) ?? 0) > world.now - withinMs)
          .map(({ documentId, version, state }) => ({ documentId, version, state, asked: 0 })),
      loadSecrets: (documentId) => ask('secrets', () => sealed.get(documentId) ?? null),
    },
    secrets: {
      ...reading.secrets,
      assertKey: () => undefined,
      seal: (plain, owner) => `${owner}\n${plain}`,
      open: (closed, owner) => {
        const [boundTo, plain = ''] = closed.split('\n');
        if (boundTo !== owner) throw refusal('KEY_WRONG');
        return plain;
      },
    },
    audit: { record: () => ask('audit', () => undefined) },
    threads: {
      ...reading.threads,
      summary: (documentId) =>
        ask('any', () => {
          const thread = database.threads.get(documentId);
          return (thread ? { state: thread.state, messageCount: 0 } : null) as Awaited<
            ReturnType<Ports['threads']['summary']>
          >;
        }),
    },
    upkeep: {
      ...reading.upkeep,
      unlog: (threadDocumentId) => ask('any', () => world.unlog(threadDocumentId)),
    },
  };
};

const outboxPorts = (world: SendingWorld, ask: Asked): Ports['outbox'] => {
  const { outbox, database } = world;
  return {
    findPress: (press) => ask('find-press', () => outbox.findPress(press)),
    queue: (mail) => ask('queue', () => world.queue(mail)),
    load: (messageDocumentId) => ask('load', () => outbox.load(messageDocumentId)),
    usesSource: (sourceKey) =>
      ask('any', () => [...outbox.rows.values()].some((row) => row.sourceKey === sourceKey)),
    listDue: (inbox) => ask('list-due', () => outbox.listDue(inbox)),
    listEvident: (inbox) => ask('list-due', () => outbox.listEvident(inbox)),
    listOpen: (inbox) => ask('list-due', () => outbox.listOpen(inbox)),
    nextDueInMs: (inbox) => ask('list-due', () => outbox.nextDueInMs(inbox)),
    listInboxesDue: () => ask('list-due', () => outbox.listInboxesDue()),
    summary: () => Promise.reject(new Error('Nobody asks for it.')),
    listAttention: () => Promise.reject(new Error('Nobody asks for it.')),
    claim: (entry, claim) => ask('claim', () => outbox.claim(entry, claim)),
    renew: (outboxId, claimId, claimMs) => ask('renew', () => outbox.renew(outboxId, claimId, claimMs)),
    record: (entry, transition, facts) => ask('record', () => outbox.record(entry, transition, facts)),
    loadAnswered: (documentId) =>
      ask('any', () => {
        const recorded = [...database.messages.values()].find((one) => one.documentId === documentId);
        if (!recorded) return null;
        const { threadDocumentId, message } = recorded;
        const stage = outbox.load(documentId)?.stage ?? null;
        return { messageId: message.parsed.headers.messageId, threadDocumentId, stage };
      }),
    loadThread: (documentId) =>
      ask('any', () => {
        const token = [...database.ids].find(
          ([, { kind, threadDocumentId }]) => kind === 'token' && threadDocumentId === documentId
        );
        const facts = { documentId, inboxDocumentId: 'I', subject: 'Offer', messageIds: [] };
        return token ? { ...facts, threadToken: token[0], threadIndexRoot: '01'.repeat(22) } : null;
      }),
  };
};

const copyOf = <Row extends object>(row: Row | undefined): Row | null => (row ? { ...row } : null);
