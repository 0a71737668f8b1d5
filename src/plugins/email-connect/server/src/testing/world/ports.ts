import { orGivenUp } from '../../domain/give-up';
import type { ParsedMessage } from '../../domain/message/message';
import { emptyMemory } from '../../domain/sync/folder';
import type { InboxFolder } from '../../domain/sync/folder';
import type { Ports } from '../../ports';
import { refusal } from '../fakes/fake-folder';
import { locationKey } from './records/database';
import { factsOf } from './records/facts';
import { recordModelPass } from './records/recording';
import { livingAsLongAs, modelSession } from './server/session';
import type { ModelProcess } from './process';
import type { ModelWorld } from './world';

const text = new TextDecoder();
/** Between two wake-ups a backfill goes on; so often in one turn. */
const CHUNKS_PER_TURN = 4;
/** The wait before a lease is renewed, and how long an answer about it is waited for: no turn lasts so long. */
const AROUND_LEASE_MS = [8_000, 6_000];

type SomePorts = Partial<{ [Name in keyof Ports]: Partial<Ports[Name]> }>;

/** Everything the loop of an inbox needs, as one process sees it: each call may be its last. */
export const modelPorts = (world: ModelWorld, process: ModelProcess): Ports => {
  const ports: SomePorts = {
    ...timePorts(world, process),
    ...mailPorts(world, process),
    ...upkeepPorts(world, process),
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
  let waits = 0;
  let random = 0;
  return {
    clock: {
      now: () => new Date(world.now + process.clockOffsetMs),
      monotonicMs: () => world.now,
      sleep: async (ms, signal) => {
        if (!signal) return world.pass(ms);
        if (AROUND_LEASE_MS.includes(ms)) return aborted(signal);
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
        waits += 1;
        if (timeoutMs > 0 || waits > CHUNKS_PER_TURN) process.controller.abort();
        return signal.aborted ? 'aborted' : 'timeout';
      },
    },
    news: {
      announce: (item) =>
        process.call('other', () => {
          if (item.kind.startsWith('message.')) world.announced += 1;
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
          const inbox = world.inboxNamed(access.username);
          const connection = livingAsLongAs(signal, process);
          return modelSession(inbox.mailbox, connection, (stored) => world.heardOfBody(stored));
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

const parsedFrom = (world: ModelWorld, key: string): ParsedMessage => {
  const { headers, canary } = world.mailNamed(key);
  return { headers, text: canary, html: '', attachments: [], parsedAs: 'mime', marks: [], embedded: [] };
};

const recordPorts = (world: ModelWorld, process: ModelProcess): SomePorts => {
  const { database } = world;
  const ask = <Result>(work: () => Result): Promise<Result> => process.call('other', work);
  return {
    leases: {
      acquire: (inboxDocumentId, holder, ttlMs) =>
        ask(() => {
          const lease = database.leases.get(inboxDocumentId);
          if (lease && lease.holder !== holder && lease.expiresAt > world.now) return null;
          const isAfterCrash = lease !== undefined && lease.holder !== '' && lease.holder !== holder;
          const token = (lease?.token ?? 0) + 1;
          const { restUntil = 0 } = lease ?? {};
          database.leases.set(inboxDocumentId, { holder, token, expiresAt: world.now + ttlMs, restUntil });
          return { inboxDocumentId, token, isAfterCrash };
        }),
      renew: ({ inboxDocumentId, token }, ttlMs) =>
        ask(() => {
          const lease = database.leases.get(inboxDocumentId);
          if (lease?.token !== token || lease.expiresAt <= world.now) return false;
          lease.expiresAt = world.now + ttlMs;
          return true;
        }),
      release: ({ inboxDocumentId, token }) =>
        ask(() => {
          const lease = database.leases.get(inboxDocumentId);
          if (lease?.token === token) Object.assign(lease, { holder: '', expiresAt: 0 });
        }),
      rest: (fence, ms) =>
        ask(() => {
          database.passFence(fence, world.now);
          const lease = database.leases.get(fence.inboxDocumentId);
          if (lease) lease.restUntil = world.now + ms;
        }),
      restMs: (inboxDocumentId) =>
        ask(() => Math.max(0, (database.leases.get(inboxDocumentId)?.restUntil ?? 0) - world.now)),
    },
    inboxes: {
      load: (documentId) => ask(() => copyOf(database.inboxes.get(documentId))),
      loadSecrets: () => ask(() => ({ imapPassword: 'sealed', smtpPassword: 'sealed' })),
      recordState: (inbox, progress) => ask(() => database.recordState(inbox, progress)),
    },
    folders: {
      list: (inboxDocumentId) =>
        ask(() => database.foldersOf(inboxDocumentId).map((folder) => ({ ...folder }))),
      merge: (inboxDocumentId, listed, readFrom) =>
        ask(() => merge(world, inboxDocumentId, listed, readFrom)),
      recordFailure: (inboxDocumentId, folderPath, { code, failures, retryAt }) =>
        ask(() => {
          const folder = database.foldersOf(inboxDocumentId).find((one) => one.folderPath === folderPath);
          if (folder)
            Object.assign(folder, { lastErrorCode: code, failures, retryAt: retryAt?.toISOString() ?? null });
        }),
      recordSuspect: (fence, folderPath, suspect) =>
        ask(() => {
          database.passFence(fence, world.now);
          const folder = database
            .foldersOf(fence.inboxDocumentId)
            .find((one) => one.folderPath === folderPath);
          if (folder) folder.memory = { ...folder.memory, suspect };
        }),
    },
    logging: { loadFacts: (_, candidates) => ask(() => factsOf(database, candidates)) },
    messages: {
      recordPass: (outcome) =>
        ask(() => {
          if (!world.takes(outcome)) throw refusal('DATA_REFUSED');
          const recorded = recordModelPass(database, outcome, world.now);
          world.heardOfCommit(outcome);
          return recorded;
        }),
    },
  };
};

const upkeepPorts = (world: ModelWorld, process: ModelProcess): SomePorts => {
  const { database } = world;
  const ask = <Result>(work: () => Result): Promise<Result> => process.call('other', work);
  const of = (inboxDocumentId: string) =>
    [...database.quarantine.values()].filter((one) => one.inboxDocumentId === inboxDocumentId);
  return {
    outbox: { listEvident: async () => [], listDue: () => ask(() => []), nextDueInMs: () => ask(() => null) },
    quarantine: {
      list: (inboxDocumentId, { folderPath } = {}) =>
        ask(() =>
          of(inboxDocumentId).filter(
            ({ location }) => folderPath === undefined || location.folderPath === folderPath
          )
        ),
      listDue: (inboxDocumentId, folderPath, at, limit) =>
        ask(() =>
          of(inboxDocumentId)
            .filter(({ location }) => location.folderPath === folderPath)
            .filter(({ nextAt }) => nextAt !== null && Date.parse(nextAt) <= at.getTime())
            .slice(0, limit)
        ),
    },
    suggestions: { list: () => ask(() => []) },
    files: { listDue: async () => [] },
    requests: {
      next: (inboxDocumentId) =>
        ask(() =>
          copyOf(
            database.requests
              .filter((one) => one.inboxDocumentId === inboxDocumentId && !one.outcome)
              .sort((one, other) => one.attempts - other.attempts)[0]
          )
        ),
      begin: (fence, requestId) =>
        ask(() => {
          database.passFence(fence, world.now);
          const request = database.requests.find((one) => one.requestId === requestId);
          if (request) request.attempts += 1;
        }),
      finish: (fence, requestId, outcome) =>
        ask(() => {
          database.passFence(fence, world.now);
          const request = database.requests.find((one) => one.requestId === requestId);
          if (request) request.outcome = outcome;
        }),
    },
    backfills: {
      load: (inboxDocumentId) => ask(() => copyOf(database.backfills.get(inboxDocumentId))),
      recordProgress: (fence, backfill) =>
        ask(() => {
          database.passFence(fence, world.now);
          database.backfills.set(fence.inboxDocumentId, backfill);
        }),
    },
  };
};

/** As the records do it: who is who by object id, then by path. */
const merge = (
  { database }: ModelWorld,
  inboxDocumentId: string,
  listed: readonly Pick<InboxFolder, 'folderPath' | 'specialUse' | 'watched' | 'objectId'>[],
  readFrom: Date | null
): void => {
  const left = new Set(database.foldersOf(inboxDocumentId));
  const take = (isIt: (folder: InboxFolder) => boolean): InboxFolder | undefined => {
    const found = [...left].find(isIt);
    if (found) left.delete(found);
    return found;
  };
  const merged = listed.map((one): InboxFolder => {
    const known =
      (one.objectId === null ? undefined : take(({ objectId }) => objectId === one.objectId)) ??
      take(({ folderPath }) => folderPath === one.folderPath);
    if (!known) {
      return {
        ...one,
        role: 'watch',
        listed: true,
        readFrom: readFrom?.toISOString() ?? null,
        cursor: null,
        memory: emptyMemory,
        lastPassAt: null,
        lastErrorCode: null,
        failures: 0,
        retryAt: null,
      };
    }
    if (known.folderPath !== one.folderPath)
      renameQuarantine(database, inboxDocumentId, known, one.folderPath);
    const isBack = known.listed ? {} : { failures: 0, retryAt: null, lastErrorCode: null };
    return {
      ...known,
      folderPath: one.folderPath,
      objectId: one.objectId ?? known.objectId,
      listed: true,
      ...isBack,
    };
  });
  const gone = [...left]
    .filter((folder) => !merged.some(({ folderPath }) => folderPath === folder.folderPath))
    .map((folder) => ({ ...folder, listed: false }));
  database.folders.set(inboxDocumentId, [...merged, ...gone]);
};

const renameQuarantine = (
  { quarantine }: ModelWorld['database'],
  inboxDocumentId: string,
  { folderPath }: InboxFolder,
  renamed: string
): void => {
  for (const [key, entry] of [...quarantine]) {
    if (entry.inboxDocumentId !== inboxDocumentId || entry.location.folderPath !== folderPath) continue;
    quarantine.delete(key);
    const location = { ...entry.location, folderPath: renamed };
    quarantine.set(locationKey(inboxDocumentId, location), { ...entry, location });
  }
};

/** Rows are read, not shared. */
const copyOf = <Row extends object>(row: Row | undefined): Row | null => (row ? { ...row } : null);
