import type { MessageId } from '../../../domain/identification/message-id';
import { knownKeys } from '../../../domain/logging/known-keys';
import type { KnownId, LoggingFacts } from '../../../domain/logging/verdict';
import { fingerprint } from '../../../domain/message/dedup-identity';
import type { Candidate } from '../../../domain/message/message';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { readIdKind } from '../base/enumerations';
import { uids } from '../base/names';
import type { IdRow, MessageRow } from '../base/rows';
import { idHash, serverThreadHash, threadIndexHash } from './id-index';

export type KnownIds = Pick<LoggingFacts, 'ids' | 'threadIndexRoots' | 'serverThreads'>;

/** All known ids that these messages cite, by one look-up of hashes. */
export const loadKnownIds = async (
  strapi: Strapi,
  inboxDocumentId: string,
  candidates: readonly Candidate[]
): Promise<KnownIds> => {
  const idOf = new Map<string, MessageId>();
  const rootOf = new Map<string, string>();
  const serverThreadOf = new Map<string, string>();
  for (const candidate of candidates) {
    const { threadIndexRoot } = candidate.headers;
    const { serverThreadId } = candidate;
    for (const id of knownKeys(candidate)) idOf.set(idHash(id), id);
    if (threadIndexRoot) rootOf.set(threadIndexHash(threadIndexRoot), threadIndexRoot);
    if (serverThreadId) serverThreadOf.set(serverThreadHash(inboxDocumentId, serverThreadId), serverThreadId);
  }
  const hashes = [...idOf.keys(), ...rootOf.keys(), ...serverThreadOf.keys()];
  const rows = await findRowsIn<IdRow>(strapi, uids.idIndex, 'hash', hashes, { orderBy: { id: 'asc' } });
  const ids = new Map<MessageId, KnownId>();
  const threadIndexRoots = new Map<string, string>();
  const serverThreads = new Map<string, string>();
  for (const { hash, kind: stored, threadDocumentId, messageDocumentId } of rows.sort(byKind)) {
    const kind = readIdKind(stored);
    if (kind === 'thread-index') add(threadIndexRoots, rootOf.get(hash), threadDocumentId);
    else if (kind === 'server-thread') add(serverThreads, serverThreadOf.get(hash), threadDocumentId);
    else add(ids, idOf.get(hash), { kind, threadDocumentId, messageDocumentId: messageDocumentId || null });
  }
  await addFingerprints(strapi, ids, candidates);
  return { ids, threadIndexRoots, serverThreads };
};

const add = <Key, Value>(map: Map<Key, Value>, key: Key | undefined, value: Value): void => {
  if (key !== undefined && !map.has(key)) map.set(key, value);
};

/** For an id that one of these messages has itself: is the record a copy of it, or another mail (c32)? */
const addFingerprints = async (
  strapi: Strapi,
  ids: Map<MessageId, KnownId>,
  candidates: readonly Candidate[]
): Promise<void> => {
  const recorded = new Map<string, KnownId>();
  for (const { headers } of candidates) {
    const known = headers.messageId === null ? undefined : ids.get(headers.messageId);
    if (known?.messageDocumentId) recorded.set(known.messageDocumentId, known);
  }
  const rows = await findRowsIn<Pick<MessageRow, 'documentId' | 'sentAt' | 'subject'>>(
    strapi,
    uids.message,
    'documentId',
    [...recorded.keys()],
    { select: ['documentId', 'sentAt', 'subject'] }
  );
  for (const { documentId, sentAt, subject } of rows) {
    const known = recorded.get(documentId);
    if (known) known.fingerprint = fingerprint({ sentAt, subject });
  }
};

/**
 * An id that we minted comes before a message's own id, and that before an id it had earlier; then the oldest. A
 * sender chooses the last kinds, and must not be able to draw replies of a foreign conversation to their own.
 */
const KIND_ORDER = ['token', 'own', 'alias', 'thread-index', 'server-thread'];
const byKind = (a: IdRow, b: IdRow): number => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind);
