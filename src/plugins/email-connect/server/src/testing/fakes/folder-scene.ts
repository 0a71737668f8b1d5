import type { EmailConnectError } from '../../domain/errors';
import type { AskedFacts } from '../../domain/logging/asked';
import type { LoggingFacts } from '../../domain/logging/verdict';
import type { ImapUid, ReadMessage } from '../../domain/message/message';
import type { Backfill } from '../../domain/sync/backfill';
import { emptyMemory } from '../../domain/sync/folder';
import type { FolderMemory, InboxFolder, SyncCursor } from '../../domain/sync/folder';
import type { Suspect } from '../../domain/sync/suspect';
import type {
  Fence,
  ImapSession,
  LoggedFate,
  PassOutcome,
  Ports,
  QuarantinedMessage,
  RecordedPass,
  RequestRecords,
} from '../../ports';
import type { SyncPorts } from '../../use-cases/reading/pass';
import { syncFolder } from '../../use-cases/reading/sync-folder';
import { FakeFolder, refusal } from './fake-folder';
import type { FakeMessage } from './fake-folder';
import { folderWith, inboxWith } from './mailbox-scene';
import { factsWith, headersWith, id, uid } from './build-mail';

/** `<id> <in-reply-to>`: enough of a message for a fake parser. */
export const reply = (number: number, change: Partial<FakeMessage> = {}): FakeMessage => ({
  imapUid: uid(number),
  raw: `in.${number}@customer.test sent.1@crm.test`,
  ...change,
});
export const stranger = (number: number, change: Partial<FakeMessage> = {}): FakeMessage => ({
  imapUid: uid(number),
  raw: `in.${number}@customer.test`,
  ...change,
});

/** Further words: the log address it was delivered to, our own address as its author. */
const headersOf = (bytes: Uint8Array) => {
  const [messageId = '', inReplyTo = '-', ...further] = new TextDecoder().decode(bytes).split(' ');
  const us = further.find((word) => word === 'us@crm.test');
  return headersWith({
    messageId: id(messageId),
    inReplyTo: inReplyTo === '-' ? [] : [id(inReplyTo)],
    deliveredTo: further.filter((word) => word.includes('+')),
    ...(us
      ? {
          from: [{ address: us, displayName: '' }],
          to: [{ address: 'ann@customer.test', displayName: '' }],
        }
      : {}),
  });
};

/** A message of INBOX in quarantine that was not judged, and is due. */
export const waiting = (imapUid: number, attempts = 1): QuarantinedMessage => ({
  code: 'SERVER_REFUSED',
  detail: '',
  evidence: null,
  attempts,
  nextAt: '2026-03-01T10:00:00.000Z',
  firstAt: '2026-03-01T08:00:00.000Z',
  lastAt: '2026-03-01T08:00:00.000Z',
  location: { folderPath: 'INBOX', uidValidity: '7', imapUid: uid(imapUid) },
});

interface SceneOptions {
  connectedAt?: string;
  cursor?: SyncCursor | null;
  uidNext?: number;
  uidValidity?: string;
  facts?: LoggingFacts;
  abortAfterBodies?: number;
  memory?: Partial<FolderMemory>;
  due?: QuarantinedMessage[];
  /** In quarantine, and not to be tried yet. */
  resting?: QuarantinedMessage[];
  backfill?: Backfill;
  /** Listed, and not there when it is scanned. */
  alsoListed?: ImapUid;
  /** The database does not take these. */
  refusedByDatabase?: ImapUid[];
  isCareful?: boolean;
}

/** One pass of an INBOX with these messages, over fakes that write down what was recorded. */
export const passOf = async (messages: FakeMessage[], options: SceneOptions = {}) => {
  const last = messages.at(-1)?.imapUid ?? 0;
  const folder = new FakeFolder(messages, {
    uidValidity: options.uidValidity ?? '7',
    uidNext: options.uidNext ?? last + 1,
    exists: messages.length,
    objectId: null,
  });
  const { alsoListed } = options;
  if (alsoListed !== undefined) {
    const listed = async () => [...messages.map(({ imapUid }) => imapUid), alsoListed];
    Object.assign(folder, { listUids: listed, listUidsSince: listed });
  }
  const outcomes: PassOutcome[] = [];
  const waits: number[] = [];
  const suspects: (Suspect | null)[] = [];
  const controller = new AbortController();
  const ports = syncPortsOf(options, { outcomes, waits, suspects, stop: () => controller.abort() });
  const stored = folderWith('INBOX', {
    cursor: options.cursor === undefined ? { uidValidity: '7', lastUid: uid(0) } : options.cursor,
    memory: {
      ...emptyMemory,
      completeUpTo: '2026-03-01T09:00:00.000Z',
      sweptAt: '2026-03-01T09:00:00.000Z',
      ...options.memory,
    },
    lastPassAt: '2026-03-01T09:00:00.000Z',
  });
  const session = { openFolder: async () => folder } as unknown as ImapSession;
  const { connectedAt = '2026-01-01T00:00:00.000Z' } = options;
  const inbox = inboxWith({ logAddress: 'us+crm@crm.test', connectedAt });
  const failure = await syncFolder(
    ports,
    {
      inbox,
      fence: { inboxDocumentId: 'I', token: 1 },
      session,
      signal: controller.signal,
      isCareful: options.isCareful ?? false,
    },
    stored
  ).then(
    () => null,
    (error: EmailConnectError) => error
  );
  return {
    folder,
    outcomes,
    waits,
    suspects,
    failure,
    logged: outcomes.flatMap((outcome) => outcome.logged.map(({ location }) => location?.imapUid)),
  };
};

/** What a pass needs, over fakes that write down what was recorded. */
export const syncPortsOf = (
  options: SceneOptions,
  {
    outcomes,
    waits,
    suspects,
    stop,
  }: { outcomes: PassOutcome[]; waits: number[]; suspects: (Suspect | null)[]; stop(): void }
): SyncPorts => {
  let bodies = 0;
  return {
    clock: { now: () => new Date('2026-03-01T10:01:00Z'), sleep: async (ms: number) => void waits.push(ms) },
    mime: {
      parseHeaders: headersOf,
      parseMessage: async (): Promise<ReadMessage> => {
        bodies += 1;
        if (bodies === options.abortAfterBodies) stop();
        return {
          headers: headersWith(),
          text: 'hi',
          html: '',
          attachments: [],
          parsedAs: 'mime',
          marks: [],
          embedded: [],
          trace: [],
        };
      },
    },
    attachments: {},
    logging: { loadFacts: async () => options.facts ?? factsWith() },
    quarantine: {
      listDue: async () => options.due ?? [],
      list: async (_: string, { folderPath }: { folderPath?: string } = {}) =>
        [...(options.due ?? []), ...(options.resting ?? [])].filter(
          ({ location }) => folderPath === undefined || location.folderPath === folderPath
        ),
    },
    backfills: { load: async () => options.backfill ?? null },
    random: { bytes: (length: number) => new Uint8Array(length) },
    secrets: { sign: () => 'signature', documentIdOf: (key: string) => `id of ${key}` },
    messages: {
      recordPass: async (outcome: PassOutcome) => {
        const refused = outcome.logged.find(
          ({ location }) => location && options.refusedByDatabase?.includes(location.imapUid)
        );
        if (refused) throw refusal('DATA_REFUSED');
        outcomes.push(outcome);
        const changes = outcome.logged.map(() => ({
          threadDocumentId: 'T',
          messageDocumentId: 'M',
          direction: 'incoming',
          notice: null,
          receivedAt: '2026-03-01T10:00:05.000Z',
          contacts: [],
        }));
        return {
          changes,
          logged: changes.map(({ messageDocumentId }) => ({ kind: 'recorded', messageDocumentId })),
        };
      },
    },
    folders: {
      recordSuspect: async (_: Fence, __: string, suspect: Suspect | null) => void suspects.push(suspect),
    },
    news: { announce: async () => undefined },
    settings: { attachmentLimitBytes: 1, textLimitBytes: 1 },
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as SyncPorts;
};

/** The same for what people ask of an inbox: `fates` is what becomes of each message that is to be logged. */
export const requestPorts = ({
  fates,
  ...ports
}: {
  fates: readonly LoggedFate[];
  folders: InboxFolder[];
  requests: Partial<RequestRecords>;
  /** The records on which each message stands, and the contacts that are there. */
  standsOn: AskedFacts['standsOn'];
  contacts: readonly string[];
}): SyncPorts & Pick<Ports, 'requests'> => {
  const base = syncPortsOf({}, { outcomes: [], waits: [], suspects: [], stop: () => undefined });
  const recordPass = async ({ logged }: PassOutcome): Promise<RecordedPass> => ({
    changes: [],
    logged: logged.map((_, i) => fates[i] ?? { kind: 'recorded', messageDocumentId: 'M' }),
  });
  return {
    ...base,
    messages: {
      recordPass,
      askedFacts: async ({ begins }, contact) => ({
        standsOn: ports.standsOn,
        chosen: contact && { contact, isThere: ports.contacts.includes(contact.documentId) },
        begins,
      }),
    },
    folders: { ...base.folders, list: async () => ports.folders },
    requests: ports.requests as RequestRecords,
  };
};
