import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { MessageHeaders, ParsedMessage } from '../../domain/message/message';
import type { Bytes, Fence, ImapSession, PassOutcome, Ports } from '../../ports';
import { knownKeys } from '../../domain/logging/known-keys';
import type { Candidate } from '../../domain/message/message';
import { refreshFolders } from '../../use-cases/reading/refresh-folders';
import { syncInbox } from '../../use-cases/reading/sync-inbox';
import { fakeMime } from '../fakes/fake-mailbox';
import { factsWith } from '../fakes/messages';
import { Crash, Gate } from './gate';
import type { Fault, Interruption } from './gate';
import { leaseLost } from './records';
import type { ModelRecords } from './records';

/** What a process stands on: the records and the clock that all share, and the way to the mail server. */
export interface Ground<Change> {
  records: ModelRecords;
  clock: { ms: number };
  inbox: { value: Inbox };
  connect(gate: Gate<Change>): ImapSession;
  onFault(instance: Instance<Change>, fault: Fault<Change>): Promise<void> | void;
  onCommit(outcome: PassOutcome): void;
}

const LEASE_MS = 30_000;
const REFRESH_FOLDERS_MS = 15 * 60_000;
const CALL_MS = 10;
/** How a turn may end that the loop mends by beginning again. */
const EXPECTED = new Set(['CONNECTION_LOST', 'SERVER_THROTTLED', 'LEASE_LOST']);

/** One process that keeps the inbox, turn by turn, as the loop does: lease, connect, folders, passes. */
export class Instance<Change> {
  readonly gate: Gate<Change>;
  /** Its lease ran out while it stood still. */
  isPaused = false;
  private abort = new AbortController();
  private fence: Fence | null = null;
  private session: ImapSession | null = null;
  private foldersAt = 0;
  /** Nothing was read over the present connection. */
  private isNew = true;

  constructor(
    private readonly ground: Ground<Change>,
    private readonly holder: string
  ) {
    this.gate = new Gate<Change>(
      [],
      (fault) => ground.onFault(this, fault),
      () => {
        ground.clock.ms += CALL_MS;
        this.renew();
      }
    );
  }

  stop(): void {
    this.abort.abort();
  }

  /** Connects where it must, then one pass of everything. Resolves with how it ended: '' for well. */
  async turn(interruptions: readonly Interruption<Change>[] = []): Promise<string> {
    this.gate.begin(interruptions);
    const { ground } = this;
    try {
      const ports = this.ports();
      const fence = (this.fence ??= this.acquire());
      if (!fence) return 'LEASE_TAKEN';
      this.session ??= await this.connect(ports);
      if (ground.clock.ms - this.foldersAt >= REFRESH_FOLDERS_MS) await this.refresh(ports, this.session);
      const pass = {
        inbox: ground.inbox.value,
        fence,
        session: this.session,
        signal: this.abort.signal,
        isFirst: this.isNew,
      };
      await syncInbox(ports, pass);
      this.isNew = false;
      if (this.abort.signal.aborted) return this.end('ABORTED');
      await this.gate.pass();
      ground.inbox.value = { ...ground.inbox.value, lastPassAt: this.now() };
      return '';
    } catch (error) {
      if (!this.gate.isAlive) return 'CRASHED';
      if (error instanceof Crash) throw error;
      const { code } = toEmailConnectError(error);
      // A violation comes out wrapped, as whatever the engine did not foresee.
      if (!EXPECTED.has(code)) throw error instanceof EmailConnectError ? (error.cause ?? error) : error;
      if (code === 'LEASE_LOST' && !this.isPaused) throw error;
      return this.end(code);
    }
  }

  private end(how: string): string {
    this.session = null;
    this.isNew = true;
    this.abort = new AbortController();
    this.gate.isCut = false;
    if (this.fence && this.ground.records.isHeld(this.fence, this.ground.clock.ms))
      this.ground.records.lease.until = 0;
    this.fence = null;
    this.isPaused = false;
    return how;
  }

  private acquire(): Fence | null {
    const { records, clock } = this.ground;
    const { lease } = records;
    if (lease.until > clock.ms && lease.holder !== this.holder) return null;
    records.lease = { token: lease.token + 1, holder: this.holder, until: clock.ms + LEASE_MS };
    return { inboxDocumentId: 'I', token: records.lease.token };
  }

  /** Beside the pass, as long as the process runs. */
  private renew(): void {
    const { records, clock } = this.ground;
    if (this.fence && !this.isPaused && records.lease.token === this.fence.token)
      records.lease.until = clock.ms + LEASE_MS;
  }

  private async connect(ports: Ports): Promise<ImapSession> {
    const session = this.ground.connect(this.gate);
    await this.refresh(ports, session);
    return session;
  }

  private async refresh(ports: Ports, session: ImapSession): Promise<void> {
    await refreshFolders(ports, this.ground.inbox.value, session);
    this.foldersAt = this.ground.clock.ms;
  }

  private now(): string {
    return new Date(this.ground.clock.ms).toISOString();
  }

  /** What passes use, and nothing else. */
  private ports(): Ports {
    const { gate } = this;
    const { records, clock, onCommit } = this.ground;
    const used: Partial<{ [Name in keyof Ports]: Partial<Ports[Name]> }> = {
      clock: {
        now: () => new Date(clock.ms),
        sleep: async (ms) => {
          clock.ms += ms;
          this.renew();
        },
      },
      random: { bytes: (length) => new Uint8Array(length) },
      mime: {
        parseHeaders: fakeMime.parseHeaders,
        parseMessage: async (source) => parsedFrom(await headersIn(source)),
      },
      secrets: { sign: () => 'signature', documentIdOf: (key) => `id of ${key}` },
      settings: { attachmentLimitBytes: 1, textLimitBytes: 1 },
      logger: { debug: () => undefined, info: () => undefined, warn: () => undefined },
      news: { announce: () => gate.pass() },
      folders: {
        list: async () => {
          await gate.pass();
          return records.folders.map((folder) => ({ ...folder }));
        },
        merge: async (_, listed, readFrom) => {
          await gate.pass();
          records.merge(listed, readFrom);
        },
        recordFailure: async (_, folderPath, { code, failures, retryAt }) => {
          await gate.pass();
          const change = { lastErrorCode: code, failures, retryAt: retryAt?.toISOString() ?? null };
          const folder = records.folders.find((one) => one.folderPath === folderPath);
          if (folder) Object.assign(folder, change);
        },
        recordSuspect: async (fence, folderPath, suspect) => {
          await gate.pass();
          if (!records.isHeld(fence, clock.ms)) throw leaseLost();
          const folder = records.folders.find((one) => one.folderPath === folderPath);
          if (folder) folder.memory = { ...folder.memory, suspect };
        },
      },
      logging: {
        loadFacts: async (_, candidates) => {
          await gate.pass();
          return factsOf(records, candidates);
        },
      },
      quarantine: {
        list: async (_, { folderPath } = {}) => {
          await gate.pass();
          return records.quarantine
            .filter(({ location }) => folderPath === undefined || location.folderPath === folderPath)
            .sort((a, b) => (a.firstAt < b.firstAt ? 1 : -1));
        },
        listDue: async (_, folderPath, at, limit) => {
          await gate.pass();
          return records.quarantine
            .filter(({ location }) => location.folderPath === folderPath)
            .filter(({ nextAt }) => (nextAt === null ? 8.64e15 : Date.parse(nextAt)) <= at.getTime())
            .sort((a, b) => (a.firstAt < b.firstAt ? -1 : 1))
            .slice(0, limit);
        },
      },
      backfills: { load: async () => null },
      messages: {
        recordPass: async (outcome) => {
          await gate.pass();
          const recorded = records.recordPass(outcome, clock.ms);
          onCommit(outcome);
          // A process may die between the commit and its news of it.
          await gate.pass();
          return recorded;
        },
      },
    };
    return used as Partial<Ports> as Ports;
  }
}

const factsOf = (records: ModelRecords, candidates: readonly Candidate[]) => {
  const keys = new Set(candidates.flatMap(knownKeys));
  const ids = new Map([...records.ids].filter(([id]) => keys.has(id)));
  const cited = new Set([...ids.values()].map(({ threadDocumentId }) => threadDocumentId));
  return factsWith({
    ids,
    threads: new Map([...records.threads].filter(([documentId]) => cited.has(documentId))),
    threadIndexRoots: new Map(),
    contacts: new Set(),
    removed: new Set([...records.tombstones].filter((key) => keys.has(key as never))),
    team: { addresses: new Set(['us@crm.test']), domains: new Set(['crm.test']) },
  });
};

const headersIn = async (source: Bytes): Promise<MessageHeaders> => {
  for await (const bytes of source) return fakeMime.parseHeaders(bytes);
  throw new Error('The model hands out whole messages.');
};

const parsedFrom = (headers: MessageHeaders): ParsedMessage => ({
  headers,
  text: 'hi',
  html: '',
  attachments: [],
  parsedAs: 'mime',
  marks: [],
  embedded: [],
});
