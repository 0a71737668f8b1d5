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
  await addCopied(strapi, ids, candidates);
  return { ids, threadIndexRoots, serverThreads };
};

const add = <Key, Value>(map: Map<Key, Value>, key: Key | undefined, value: Value): void => {
  if (key !== undefined && !map.has(key)) map.set(key, value);
};

type CopiedRow = Pick<MessageRow, 'documentId' | 'sentAt' | 'subject' | 'inbox'>;

/** For ids that one of these messages has, or had before: is it a copy of the record, or another mail (c32)? */
const addCopied = async (
  strapi: Strapi,
  ids: ReadonlyMap<MessageId, KnownId>,
  candidates: readonly Candidate[]
): Promise<void> => {
  const claimed = candidates.flatMap(({ headers: { messageId, originalMessageIds } }) =>
    [...(messageId === null ? [] : [messageId]), ...originalMessageIds].flatMap((id) => ids.get(id) ?? [])
  );
  const documentIds = claimed.flatMap(({ messageDocumentId }) => messageDocumentId ?? []);
  const rows = await findRowsIn<CopiedRow>(strapi, uids.message, 'documentId', documentIds, {
    select: ['documentId', 'sentAt', 'subject'],
    populate: { inbox: { select: ['documentId'] } },
  });
  const rowOf = new Map(rows.map((row) => [row.documentId, row]));
  for (const known of claimed) {
    const row = rowOf.get(known.messageDocumentId ?? '');
    if (row) known.copied = { fingerprint: fingerprint(row), inboxDocumentId: row.inbox?.documentId ?? null };
  }
};

/**
 * An id that we minted comes before one that we learned when a mail of ours was handed over, and that before the id
 * that a mail came with; then the oldest. A sender chooses the last kinds, and must not be able to draw replies of a
 * foreign conversation to their own.
 */
const KIND_ORDER = ['token', 'alias', 'own', 'thread-index', 'server-thread'];
const byKind = (a: IdRow, b: IdRow): number => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind);
