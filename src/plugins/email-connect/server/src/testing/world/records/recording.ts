import { EmailConnectError } from '../../../domain/errors';
import type { SyncCursor } from '../../../domain/sync/folder';
import type {
  LoggedFate,
  Location,
  MessageToRecord,
  PassOutcome,
  RecordedChange,
  RecordedPass,
} from '../../../ports';
import { locationKey } from './database';
import type { ModelDatabase } from './database';

/** One transaction: what may refuse it is asked first, then all of it is written. */
export const recordModelPass = (database: ModelDatabase, outcome: PassOutcome, now: number): RecordedPass => {
  database.passFence(outcome.fence, now);
  moveCursor(database, outcome, now);
  const { inboxDocumentId } = outcome.fence;
  const changes: RecordedChange[] = [];
  const logged: LoggedFate[] = [];
  for (const { message, location, goneFrom } of outcome.logged) {
    const written = writeMessage(database, message, now);
    logged.push(fateOf(written));
    if (goneFrom) database.quarantine.delete(locationKey(inboxDocumentId, goneFrom));
    if (!written) continue;
    if (written.isNew) changes.push(changeOf(message, written.documentId));
    if (location) settle(database, inboxDocumentId, location, written.documentId);
  }
  const recorded = new Set([...database.messages.values()].map(({ documentId }) => documentId));
  for (const { messageDocumentId, threadDocumentId, location, aliases } of outcome.sighted) {
    if (!recorded.has(messageDocumentId)) continue;
    settle(database, inboxDocumentId, location, messageDocumentId);
    for (const alias of aliases) {
      if (database.ids.has(alias)) continue;
      database.ids.set(alias, {
        kind: 'alias',
        threadDocumentId,
        messageDocumentId,
        inboxDocumentId,
        knownSince: now,
        origin: 'reply',
      });
    }
  }
  for (const location of outcome.lifted) database.quarantine.delete(locationKey(inboxDocumentId, location));
  putIntoQuarantine(database, inboxDocumentId, outcome);
  for (const suggestion of outcome.suggested) {
    const suggestedAt = new Date(now).toISOString();
    database.suggestions.set(locationKey(inboxDocumentId, suggestion.location), {
      ...suggestion,
      suggestedAt,
      inboxDocumentId,
    });
  }
  for (const threadDocumentId of outcome.unlogged) unlogModelThread(database, threadDocumentId);
  askLookBack(database, outcome);
  return { changes, logged };
};

const fateOf = (written: ReturnType<typeof writeMessage>): LoggedFate =>
  written
    ? { kind: written.isNew ? 'recorded' : 'was-there', messageDocumentId: written.documentId }
    : { kind: 'not-written', reason: 'thread-unlogged' };

const moveCursor = (database: ModelDatabase, outcome: PassOutcome, now: number): void => {
  const { cursorBefore, cursorAfter, memory, lookBackBefore, folderPath } = outcome;
  const folder = database
    .foldersOf(outcome.fence.inboxDocumentId)
    .find((candidate) => candidate.folderPath === folderPath);
  if (!folder || !isSame(folder.cursor, cursorBefore)) {
    throw new EmailConnectError('LEASE_LOST', 'Another pass was here.', 'Nothing to do.');
  }
  const { lookBackTo } = folder.memory;
  folder.cursor = { ...cursorAfter };
  folder.memory = { ...memory, lookBackTo: lookBackTo === lookBackBefore ? memory.lookBackTo : lookBackTo };
  folder.lastPassAt = new Date(now).toISOString();
  Object.assign(folder, { lastErrorCode: null, failures: 0, retryAt: null });
};

const isSame = (a: SyncCursor | null, b: SyncCursor | null): boolean =>
  a === b || (a?.uidValidity === b?.uidValidity && a?.lastUid === b?.lastUid);

/** null: it must not be recorded. The same mail twice is one record, another one under its id is not (c32). */
export const writeMessage = (
  database: ModelDatabase,
  message: MessageToRecord,
  now: number
): { documentId: string; isNew: boolean } | null => {
  const { dedupIdentity: shared, fingerprint } = message;
  const own = `${shared}:${fingerprint}`;
  if (database.tombstones.has(shared) || database.tombstones.has(own)) return null;
  const first = database.messages.get(shared);
  const known = first?.fingerprint === fingerprint ? first : database.messages.get(own);
  if (known) return { documentId: known.documentId, isNew: false };
  begin(database, message);
  const thread = database.threads.get(message.threadDocumentId);
  if (!thread || thread.state === 'unlogged') return null;
  const documentId = `document${(database.documents += 1)}`;
  const { threadDocumentId } = message;
  database.messages.set(first ? own : shared, { documentId, threadDocumentId, fingerprint, message });
  database.inserted.set(threadDocumentId, (database.inserted.get(threadDocumentId) ?? 0) + 1);
  for (const address of message.participants) (thread.participants as Set<string>).add(address);
  index(database, message, documentId, now);
  return { documentId, isNew: true };
};

const begin = (database: ModelDatabase, { begins, threadDocumentId }: MessageToRecord): void => {
  if (!begins || database.threads.has(threadDocumentId)) return;
  database.threads.set(threadDocumentId, {
    documentId: threadDocumentId,
    state: 'open',
    baseSubject: begins.baseSubject,
    participants: new Set(),
    lastMessageAt: null,
  });
};

const index = (database: ModelDatabase, message: MessageToRecord, documentId: string, now: number): void => {
  const { messageId } = message.parsed.headers;
  const { threadDocumentId, inboxDocumentId, origin } = message;
  const indexed = {
    threadDocumentId,
    messageDocumentId: documentId,
    knownSince: now,
    inboxDocumentId,
    origin,
  };
  if (messageId !== null && !database.ids.has(messageId))
    database.ids.set(messageId, { ...indexed, kind: 'own' });
  for (const alias of message.aliases)
    if (!database.ids.has(alias)) database.ids.set(alias, { ...indexed, kind: 'alias' });
};

const settle = (
  database: ModelDatabase,
  inboxDocumentId: string,
  location: Location,
  documentId: string
): void => {
  const key = locationKey(inboxDocumentId, location);
  database.locations.set(key, documentId);
  database.quarantine.delete(key);
  database.suggestions.delete(key);
};

const putIntoQuarantine = (
  { quarantine }: ModelDatabase,
  inboxDocumentId: string,
  { quarantined, at }: PassOutcome
): void => {
  for (const { location, code, detail, evidence, nextAt, gone } of quarantined) {
    const key = locationKey(inboxDocumentId, location);
    const earlier = quarantine.get(key);
    quarantine.set(key, {
      inboxDocumentId,
      location,
      code,
      detail,
      evidence,
      attempts: (earlier?.attempts ?? 0) + 1,
      firstAt: earlier?.firstAt ?? at.toISOString(),
      lastAt: at.toISOString(),
      nextAt: nextAt?.toISOString() ?? null,
      ...(gone ? { gone } : {}),
    });
  }
};

/** Nothing stays of it but what keeps it out (S21). */
export const unlogModelThread = (database: ModelDatabase, threadDocumentId: string): void => {
  const thread = database.threads.get(threadDocumentId);
  if (!thread) return;
  database.threads.set(threadDocumentId, {
    documentId: threadDocumentId,
    state: 'unlogged',
    baseSubject: '',
    participants: new Set(),
    lastMessageAt: null,
  });
  for (const [key, recorded] of database.messages) {
    if (recorded.threadDocumentId !== threadDocumentId) continue;
    database.tombstones.add(key);
    database.messages.delete(key);
    for (const [place, documentId] of database.locations) {
      if (documentId === recorded.documentId) database.locations.delete(place);
    }
  }
  for (const [key, { gone }] of database.quarantine) {
    if (gone?.verdict.threadDocumentId === threadDocumentId) database.quarantine.delete(key);
  }
  for (const [key, entry] of database.ids) {
    if (entry.threadDocumentId === threadDocumentId)
      database.ids.set(key, { ...entry, kind: 'token', messageDocumentId: null });
  }
};

const askLookBack = (database: ModelDatabase, { lookBack, fence }: PassOutcome): void => {
  if (!lookBack) return;
  const asked = lookBack.everyInbox ? [...database.folders.keys()] : [fence.inboxDocumentId];
  for (const folder of asked.flatMap((inboxDocumentId) => database.foldersOf(inboxDocumentId))) {
    if (!folder.watched || !folder.listed) continue;
    const { lookBackTo } = folder.memory;
    const stored = lookBackTo === null ? null : Date.parse(lookBackTo);
    const since = lookBack.since.getTime();
    // The value changes every time: a pass that is at it with facts from before leaves it for the next.
    const next = stored === null || stored > since ? since : stored - 1;
    folder.memory = { ...folder.memory, lookBackTo: new Date(next).toISOString() };
  }
};

const changeOf = (message: MessageToRecord, messageDocumentId: string): RecordedChange => {
  const { threadDocumentId, direction, receivedAt } = message;
  return { threadDocumentId, messageDocumentId, direction, bounces: false, receivedAt, contacts: [] };
};
