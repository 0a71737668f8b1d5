import type { MessageId } from '../../../domain/identification/message-id';
import { knownKeys } from '../../../domain/logging/known-keys';
import type { KnownId, LoggingFacts } from '../../../domain/logging/verdict';
import { dedupIdentity } from '../../../domain/message/dedup-identity';
import type { Candidate } from '../../../domain/message/message';
import type { ModelDatabase } from './database';

/** What the records know of a chunk. */
export const factsOf = (database: ModelDatabase, candidates: readonly Candidate[]): LoggingFacts => {
  const { threads, messages, tombstones } = database;
  const byDocument = new Map([...messages.values()].map((one) => [one.documentId, one]));
  const identities = new Set(candidates.map(({ headers, size }) => dedupIdentity(headers, size)));
  const nameless = [...messages.values()].filter(
    ({ message: { dedupIdentity: identity } }) => identity.startsWith('synthetic') && identities.has(identity)
  );
  return {
    ids: idsOf(database, candidates, (documentId) => byDocument.get(documentId)?.fingerprint),
    threadIndexRoots: new Map(database.threadIndexRoots),
    serverThreads: new Map(),
    threads: new Map(
      [...threads].map(([key, one]) => [key, { ...one, participants: new Set(one.participants) }])
    ),
    rules: [],
    contacts: new Set(['ann@customer.test']),
    paused: new Set(),
    removed: new Set([...identities].filter((identity) => tombstones.has(identity))),
    recorded: new Map(
      nameless.map(({ documentId, threadDocumentId, message }) => [
        message.dedupIdentity,
        { messageDocumentId: documentId, threadDocumentId },
      ])
    ),
    sent: new Map(
      [...messages.values()]
        .filter(({ message }) => message.origin === 'crm')
        .map(({ documentId, threadDocumentId, fingerprint }) => [
          fingerprint,
          { messageDocumentId: documentId, threadDocumentId },
        ])
    ),
    team: { addresses: new Set(['us@crm.test', 'jo@crm.test', 'colleague@crm.test']), domains: new Set() },
  };
};

const idsOf = (
  { ids }: ModelDatabase,
  candidates: readonly Candidate[],
  fingerprintOf: (documentId: string) => string | undefined
): LoggingFacts['ids'] => {
  const known = new Map<MessageId, KnownId>();
  for (const candidate of candidates) {
    for (const key of knownKeys(candidate)) {
      const entry = ids.get(key);
      if (!entry) continue;
      const { kind, threadDocumentId, messageDocumentId } = entry;
      const print = messageDocumentId === null ? undefined : fingerprintOf(messageDocumentId);
      known.set(key, {
        kind,
        threadDocumentId,
        messageDocumentId,
        ...(print === undefined ? {} : { fingerprint: print }),
      });
    }
  }
  return known;
};
