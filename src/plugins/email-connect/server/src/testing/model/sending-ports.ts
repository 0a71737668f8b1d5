import { EmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { ImapSession, Ports, ServerAccess, Wakeup } from '../../ports';
import { refusal } from '../fake-folder';
import { visibleIn } from './model-mailbox';
import { modelPorts } from './model-ports';
import { modelSession } from './model-session';
import type { Connection } from './model-session';
import { modelSmtp, passwordOf } from './model-smtp';
import type { CallName } from './sending-history';
import type { SendingProcess } from './sending-process';
import type { SendingWorld } from './sending-world';

const PASS_INTERVAL_MS = 900_000;
const text = new TextDecoder();
const bytes = new TextEncoder();

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
    after: async () => ({ cursor: '', items: [] }),
  },
});

/** As the real ones: one that comes while nobody waits is kept. */
const wakeupsOf = (process: SendingProcess): Ports['wakeups'] => {
  const waiting = new Map<string, (by: Wakeup) => void>();
  const kept = new Map<string, Wakeup>();
  return {
    wake: (key, by = 'news') => {
      const wakeup: Wakeup = by === 'asked' ? 'asked' : 'woken';
      const wakeUp = waiting.get(key);
      if (wakeUp) wakeUp(wakeup);
      else if (kept.get(key) !== 'asked') kept.set(key, wakeup);
    },
    wait: (key, timeoutMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve('aborted');
        const earlier = kept.get(key);
        kept.delete(key);
        if (earlier) return resolve(earlier);
        const end = (by: Wakeup): void => {
          forget();
          waiting.delete(key);
          signal.removeEventListener('abort', onAbort);
          resolve(by);
        };
        const onAbort = () => end('aborted');
        const forget = process.after(timeoutMs, () => end('timeout'));
        signal.addEventListener('abort', onAbort);
        waiting.set(key, end);
      }),
  };
};

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
      update: (documentId, change, unless) =>
        ask('inbox', () => world.changeInbox(documentId, change, unless)),
      loadSecrets: (documentId) => ask('secrets', () => sealed.get(documentId) ?? null),
      saveSecrets: (documentId, { imapPassword = '', smtpPassword = '' }) =>
        ask('secrets', () => void sealed.set(documentId, { imapPassword, smtpPassword })),
      deleteSecrets: (documentId) => ask('forget', () => void sealed.delete(documentId)),
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
      read: (documentId) =>
        ask('any', () => {
          const thread = database.threads.get(documentId);
          return (thread ? { state: thread.state, messages: [] } : null) as Awaited<
            ReturnType<Ports['threads']['read']>
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

const mailPorts = (
  world: SendingWorld,
  process: SendingProcess,
  reading: Ports
): Pick<Ports, 'imap' | 'mime' | 'attachments'> => {
  const ask = askOf(process);
  return {
    imap: {
      connect: (access) => process.call('imap', () => sessionOf(world, process, letIn(access))),
      test: (access) =>
        process.call('imap', () =>
          world.inboxNamed(letIn(access)).mailbox.folders.map(({ path, specialUse, objectId }) => ({
            ...{ folderPath: path, specialUse, objectId, delimiter: '/', selectable: true },
          }))
        ),
    },
    mime: {
      ...reading.mime,
      composeMessage: (message) => once(bytes.encode(world.compose(message).key)),
      htmlToText: (html) => html,
    },
    attachments: {
      save: async (content) => {
        let whole = '';
        for await (const piece of content) whole += text.decode(piece);
        const storageKey = `file of ${whole}`;
        return ask('file', () => {
          world.files.set(storageKey, whole);
          return { storageKey, sha256: storageKey, size: whole.length };
        });
      },
      open: (storageKey) =>
        ask('file', () => {
          const whole = world.files.get(storageKey);
          if (whole === undefined) throw refusal('ATTACHMENT_NOT_STORED');
          return once(bytes.encode(whole));
        }),
      remove: (storageKey) => ask('file', () => void world.files.delete(storageKey)),
      sweepTemporary: async () => 0,
    },
  };
};

const letIn = ({ username, password }: ServerAccess): string => {
  if (password !== passwordOf(username)) throw refusal('LOGIN_REFUSED');
  return username;
};

const sessionOf = (world: SendingWorld, process: SendingProcess, username: string): ImapSession => {
  const { mailbox } = world.inboxNamed(username);
  let isBroken = false;
  const broken = () => new EmailConnectError('CONNECTION_LOST', 'It broke.', 'Wait.');
  const call = <Result>(work: () => Result | Promise<Result>, name: CallName): Promise<Result> =>
    process.call(
      'imap',
      () => {
        if (isBroken) throw broken();
        return work();
      },
      name
    );
  const connection: Connection = {
    dropsRow: false,
    breakConnection: () => {
      isBroken = true;
    },
    call: (_, work) => call(work, 'any'),
  };
  const folderAt = (path: string) => {
    const folder = mailbox.find(path);
    if (!folder) throw refusal('FOLDER_UNREADABLE');
    return folder;
  };
  const session = modelSession(mailbox, connection, () => undefined);
  return {
    ...session,
    watch: (path, onChange) =>
      call(() => {
        world.watches.set(folderAt(path), () => {
          if (!process.isDead && !isBroken) onChange();
        });
      }, 'any'),
    findByMessageId: (path, messageId) =>
      call(
        () =>
          visibleIn(folderAt(path))
            .filter(({ mail }) => mail.headers.messageId === messageId)
            .map(({ imapUid }) => imapUid as Awaited<ReturnType<ImapSession['findByMessageId']>>[number]),
        'find'
      ),
    append: (path, source) =>
      call(() => {
        const ending = world.nextAppend() ?? { kind: 'done' };
        if (ending.kind === 'refused') throw refusal('SERVER_REFUSED');
        const executedAfter = ending.kind === 'done' ? 0 : ending.executedAfter;
        world.append(folderAt(path), world.mailNamed(text.decode(source)), executedAfter);
        if (ending.kind === 'done') return null;
        if (ending.kind === 'killed') process.die();
        isBroken = true;
        throw broken();
      }, 'append'),
  };
};

async function* once(piece: Uint8Array) {
  yield piece;
}

const copyOf = <Row extends object>(row: Row | undefined): Row | null => (row ? { ...row } : null);
