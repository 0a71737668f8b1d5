import { toEmailConnectError } from '../../../domain/errors';
import type { PassOutcome, Ports, RecordedPass } from '../../../ports';
import { refusal } from '../../fakes/fake-folder';
import type { ModelProcess } from '../process';
import type { ModelWorld } from '../world';
import { factsOf } from './facts';
import { mergeFolders } from './folders';
import { recordModelPass } from './recording';

type SomePorts = Partial<{ [Name in keyof Ports]: Partial<Ports[Name]> }>;

/** The records, as one process sees them. */
export const recordPorts = (world: ModelWorld, process: ModelProcess): SomePorts => {
  const { database } = world;
  const ask = <Result>(work: () => Result): Promise<Result> => process.call('other', work);
  return {
    ...upkeepPorts(world, process),
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
      recordState: (inbox, progress) =>
        ask(() => {
          if (progress.stateCode) world.judge?.brokeOff(inbox.documentId, progress.stateCode);
          return database.recordState(inbox, progress);
        }),
    },
    folders: {
      list: (inboxDocumentId) =>
        ask(() => database.foldersOf(inboxDocumentId).map((folder) => ({ ...folder }))),
      merge: (inboxDocumentId, listed, readFrom) =>
        ask(() => mergeFolders(database, inboxDocumentId, listed, readFrom)),
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
          const recorded = recordedBy(world, outcome);
          world.heardOfCommit(process, outcome);
          return recorded;
        }),
      askedFacts: () => ask(() => onAnn),
    },
  };
};

/** Ann is a contact, and is on every mail of this world. */
const onAnn = {
  standsOn: [{ contactType: 'api::person.person', documentId: 'ann' }],
  chosen: null,
  begins: true,
};

const recordedBy = (world: ModelWorld, outcome: PassOutcome): RecordedPass => {
  try {
    return recordModelPass(world.database, outcome, world.now);
  } catch (error) {
    world.judge?.rejected(outcome, toEmailConnectError(error));
    throw error;
  }
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
    copies: { listDue: async () => [] },
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

/** Rows are read, not shared. */
const copyOf = <Row extends object>(row: Row | undefined): Row | null => (row ? { ...row } : null);
