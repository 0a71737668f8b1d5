import { canonicalMessageId } from '../../domain/identification/message-id';
import type { MessageId } from '../../domain/identification/message-id';
import { knownKeys } from '../../domain/logging/decide';
import type { KnownId, KnownThread, LoggingRule } from '../../domain/logging/verdict';
import { fingerprint } from '../../domain/message/dedup-identity';
import type { MessageHeaders } from '../../domain/message/message';
import type { LoggingRecords } from '../../ports';
import { findRows, findRowsIn } from './database';
import type { Strapi } from './database';
import { readIdKind, readRuleField, readThreadState } from './enumerations';
import { idHash, threadIndexHash } from './id-index';
import { uids } from './names';
import type { IdRow, MessageRow, ParticipantRow } from './rows';

export const createLoggingRecords = (strapi: Strapi): LoggingRecords => ({
  loadFacts: async (inboxDocumentId, headers) => {
    const known = await loadKnown(strapi, headers);
    const threadDocumentIds = [...known.ids.values()].map(({ threadDocumentId }) => threadDocumentId);
    return {
      ...known,
      threads: await loadThreads(strapi, [...threadDocumentIds, ...known.threadIndexRoots.values()]),
      rules: await loadRules(strapi, inboxDocumentId),
    };
  },
});

/** Everything that these messages cite and we have heard of, by one look-up of hashes. */
const loadKnown = async (strapi: Strapi, headers: readonly MessageHeaders[]) => {
  const idOf = new Map<string, MessageId>();
  const rootOf = new Map<string, string>();
  for (const one of headers) {
    for (const id of knownKeys(one)) idOf.set(idHash(id), id);
    if (one.threadIndexRoot) rootOf.set(threadIndexHash(one.threadIndexRoot), one.threadIndexRoot);
  }
  const hashes = [...idOf.keys(), ...rootOf.keys()];
  const rows = await findRowsIn<IdRow>(strapi, uids.idIndex, 'hash', hashes, { orderBy: { id: 'asc' } });
  const ids = new Map<MessageId, KnownId>();
  const threadIndexRoots = new Map<string, string>();
  for (const row of rows.sort(byKind)) {
    const id = idOf.get(row.hash);
    const root = rootOf.get(row.hash);
    const kind = readIdKind(row.kind);
    if (kind === 'thread-index') {
      if (root !== undefined && !threadIndexRoots.has(root)) threadIndexRoots.set(root, row.threadDocumentId);
    } else if (id !== undefined && !ids.has(id)) {
      ids.set(id, {
        kind,
        threadDocumentId: row.threadDocumentId,
        messageDocumentId: row.messageDocumentId || null,
      });
    }
  }
  await addFingerprints(strapi, ids, headers);
  return { ids, threadIndexRoots };
};

/** Of what is recorded under an id that one of these messages has itself: a copy, or another mail (c32)? */
const addFingerprints = async (
  strapi: Strapi,
  ids: Map<MessageId, KnownId>,
  headers: readonly MessageHeaders[]
): Promise<void> => {
  const recorded = new Map<string, KnownId>();
  for (const { messageId } of headers) {
    const known = messageId === null ? undefined : ids.get(messageId);
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
 * What we minted before what a mail says of itself before what it claims to have been; then the oldest. A sender chooses
 * the last two, and must not be able to draw a foreign conversation's replies to their own.
 */
const KIND_ORDER = ['token', 'own', 'alias', 'thread-index'];
const byKind = (a: IdRow, b: IdRow): number => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind);

const loadThreads = async (
  strapi: Strapi,
  documentIds: readonly string[]
): Promise<Map<string, KnownThread>> => {
  const rows = await findRowsIn<{ documentId: string; state: string }>(
    strapi,
    uids.thread,
    'documentId',
    documentIds,
    {
      select: ['documentId', 'state'],
    }
  );
  const participants = await findRowsIn<ParticipantRow>(
    strapi,
    uids.participant,
    'threadDocumentId',
    documentIds
  );
  const addressesOf = new Map<string, Set<string>>(rows.map(({ documentId }) => [documentId, new Set()]));
  for (const { threadDocumentId, address } of participants) addressesOf.get(threadDocumentId)?.add(address);
  return new Map(
    rows.map(({ documentId, state }) => [
      documentId,
      {
        documentId,
        state: readThreadState(state),
        participants: addressesOf.get(documentId) ?? new Set<string>(),
      },
    ])
  );
};

interface RuleRow {
  documentId: string;
  field: string;
  pattern: string;
  active: boolean | null;
  inbox: { documentId: string } | null;
}

/** Rules are few; those of the site and of this inbox apply. */
const loadRules = async (strapi: Strapi, inboxDocumentId: string): Promise<LoggingRule[]> => {
  const rows = await findRows<RuleRow>(strapi, uids.loggingRule, {
    populate: { inbox: { select: ['documentId'] } },
    orderBy: { id: 'asc' },
  });
  return rows
    .filter(
      ({ active, inbox }) => active !== false && (inbox === null || inbox.documentId === inboxDocumentId)
    )
    .map(({ documentId, field, pattern, inbox }) => ({
      documentId,
      field: readRuleField(field),
      pattern,
      inboxDocumentId: inbox?.documentId ?? null,
    }));
};

/** Ids that were stored in canonical form; what is not an id is left out. */
export const messageIdsOf = (stored: readonly (string | null)[]): MessageId[] =>
  stored.flatMap((id) => (id === null ? [] : (canonicalMessageId(id) ?? [])));
