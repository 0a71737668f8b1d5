import type { MessageId } from '../../../domain/identification/message-id';
import { knownKeys } from '../../../domain/logging/known-keys';
import type { KnownId, KnownRecord, LoggingFacts } from '../../../domain/logging/verdict';
import { dedupIdentity } from '../../../domain/message/dedup-identity';
import type { Candidate } from '../../../domain/message/message';
import type { ModelDatabase, RecordedMessage } from './database';

/** What the records know of a chunk. */
export const factsOf = (database: ModelDatabase, candidates: readonly Candidate[]): LoggingFacts => {
  const { threads, messages, tombstones } = database;
  const byDocument = new Map([...messages.values()].map((one) => [one.documentId, one]));
  const identities = new Set(candidates.map(({ headers, size }) => dedupIdentity(headers, size)));
  const nameless = [...messages.values()].filter(
    ({ message: { dedupIdentity: identity } }) => identity.startsWith('synthetic') && identities.has(identity)
  );
  return {
    ids: idsOf(database, candidates, (documentId) => byDocument.get(documentId)),
    threadIndexRoots: new Map(database.threadIndexRoots),
    serverThreads: new Map(),
    threads: new Map(
      [...threads].map(([key, one]) => [key, { ...one, participants: new Set(one.participants) }])
    ),
    rules: [],
    contacts: new Set(['ann@customer.test']),
    paused: new Set(),
    removed: new Set(
      [...identities, ...candidates.flatMap(({ headers }) => headers.originalMessageIds)].filter((identity) =>
        tombstones.has(identity)
      )
    ),
    recorded: new Map(nameless.map((record) => [record.message.dedupIdentity, knownRecord(record)])),
    sent: new Map(
      [...messages.values()]
        .filter(({ message }) => message.origin === 'crm')
        .map((record) => [record.fingerprint, knownRecord(record)])
    ),
    team: { addresses: new Set(['us@crm.test', 'jo@crm.test', 'colleague@crm.test']), domains: new Set() },
  };
};

const knownRecord = ({ documentId, threadDocumentId, message }: RecordedMessage): KnownRecord => ({
  messageDocumentId: documentId,
  threadDocumentId,
  inboxDocumentId: message.inboxDocumentId,
});

const idsOf = (
  { ids }: ModelDatabase,
  candidates: readonly Candidate[],
  recordOf: (documentId: string) => RecordedMessage | undefined
): LoggingFacts['ids'] => {
  const known = new Map<MessageId, KnownId>();
  for (const candidate of candidates) {
    for (const key of knownKeys(candidate)) {
      const entry = ids.get(key);
      if (!entry) continue;
      const { kind, threadDocumentId, messageDocumentId } = entry;
      const record = messageDocumentId === null ? undefined : recordOf(messageDocumentId);
      known.set(key, {
        kind,
        threadDocumentId,
        messageDocumentId,
        ...(record
          ? { copied: { fingerprint: record.fingerprint, inboxDocumentId: record.message.inboxDocumentId } }
          : {}),
      });
    }
  }
  return known;
};
