import { orGivenUp } from '../../domain/give-up';
import type { ReadMessage } from '../../domain/message/message';
import type { Ports } from '../../ports';
import { recordPorts } from './records/ports';
import { livingAsLongAs, modelSession, unwatched } from './server/session';
import type { ModelProcess } from './process';
import type { ModelWorld } from './world';

const text = new TextDecoder();
/** Between two wake-ups a backfill goes on; so often in one turn. */
const CHUNKS_PER_TURN = 4;
/** The wait before a lease is renewed, and how long an answer about it is waited for: no turn lasts so long. */
const AROUND_LEASE_MS = [8_000, 6_000];
/** So long a pass that is told to end may take for its present step. */
const LET_GO_MS = 1_500;

type SomePorts = Partial<{ [Name in keyof Ports]: Partial<Ports[Name]> }>;

/** Everything the loop of an inbox needs, as one process sees it: each call may be its last. */
export const modelPorts = (world: ModelWorld, process: ModelProcess): Ports => {
  const ports: SomePorts = {
    ...timePorts(world, process),
    ...mailPorts(world, process),
    ...recordPorts(world, process),
    settings: {
      attachmentLimitBytes: 1_000,
      textLimitBytes: 1_000,
      outgoingLimitBytes: 1_000,
      passIntervalMs: 300_000,
      teamAddresses: [],
      teamDomains: [],
      backfillDailyBytes: 1e9,
    },
    logger: {
      debug: world.note,
      info: world.note,
      warn: world.note,
      error: world.note,
    },
  };
  return ports as Ports;
};

const timePorts = (world: ModelWorld, process: ModelProcess): SomePorts => {
  let chunks = 0;
  let random = 0;
  return {
    clock: {
      now: () => new Date(world.now + process.clockOffsetMs),
      monotonicMs: () => world.now,
      sleep: async (ms, signal) => {
        if (!signal) return world.pass(ms);
        if (AROUND_LEASE_MS.includes(ms)) return aborted(signal);
        if (ms === LET_GO_MS) return process.isCutShort ? undefined : aborted(signal);
        // Nobody else's lease is waited for longer than it lives; a rest after a failure ends the turn.
        if (world.holds(process) || signal.aborted) return process.controller.abort();
        world.pass(ms);
      },
    },
    random: {
      bytes: (length) => Uint8Array.from({ length }, () => (random += 1) % 256),
    },
    wakeups: {
      wake: () => undefined,
      wait: async (key, timeoutMs, signal) => {
        if (key.endsWith('/outbox')) {
          await aborted(signal);
          return 'aborted';
        }
        if (timeoutMs === 0) {
          chunks += 1;
          if (chunks > CHUNKS_PER_TURN) process.controller.abort();
        } else if (process.wakes === 0) process.controller.abort();
        else {
          process.wakes -= 1;
          chunks = 0;
          world.pass(timeoutMs);
        }
        return signal.aborted ? 'aborted' : 'timeout';
      },
    },
    news: {
      announce: (item) =>
        process.call('other', () => {
          if (item.kind.startsWith('message.')) world.judge?.announced(item.threadDocumentId ?? '');
        }),
    },
  };
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const mailPorts = (world: ModelWorld, process: ModelProcess): SomePorts => ({
  hosts: { resolve: async () => '192.0.2.1' },
  secrets: {
    open: () => 'password',
    sign: () => 'signature',
    documentIdOf: (key) => `id of ${key}`,
  },
  imap: {
    connect: (access, signal) =>
      orGivenUp(
        signal,
        process.call('other', () => {
          process.connected();
          const { documentId, mailbox } = world.inboxNamed(access.username);
          const watch = world.judge?.watching(process, documentId) ?? unwatched;
          return modelSession(mailbox, livingAsLongAs(signal, process), watch);
        })
      ),
  },
  mime: {
    parseHeaders: (bytes) => world.mailNamed(text.decode(bytes)).headers,
    parseMessage: async (source) => {
      let key = '';
      for await (const bytes of source) key += text.decode(bytes);
      return parsedFrom(world, key);
    },
  },
  attachments: {},
});

const parsedFrom = (world: ModelWorld, key: string): ReadMessage => {
  const { headers, canary } = world.mailNamed(key);
  const nothing = { html: '', attachments: [], marks: [], embedded: [], trace: [] };
  return { headers, text: canary, parsedAs: 'mime', ...nothing };
};
