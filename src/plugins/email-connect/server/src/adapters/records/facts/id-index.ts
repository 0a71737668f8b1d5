import { canonicalMessageId } from '../../../domain/identification/message-id';
import type { MessageId } from '../../../domain/identification/message-id';
import type { MessageToRecord } from '../../../ports';
import { deleteFound, findRows, findRowsIn, insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { shortHash } from '../base/hashes';
import { uids } from '../base/names';
import type { IdRow } from '../base/rows';

export const idHash = (messageId: MessageId): string => shortHash(messageId);

/** Roots are hashed with a prefix, so that no Message-ID can be taken for a root. */
export const threadIndexHash = (rootHex: string): string => shortHash(`thread-index ${rootHex}`);

/** A server's own conversation id means nothing at another server, so it is kept for one inbox. */
export const serverThreadHash = (inboxDocumentId: string, serverThreadId: string): string =>
  shortHash(`server-thread ${inboxDocumentId} ${serverThreadId}`);

/**
 * The ids that later mail may cite of one recorded message: its own, its aliases, its Thread-Index root; and the
 * server's conversation id.
 */
export const idRowsOf = (message: MessageToRecord, messageDocumentId: string): IdRow[] => {
  const { threadDocumentId, inboxDocumentId, serverThreadId } = message;
  const { headers } = message.parsed;
  const rows: IdRow[] = [];
  if (headers.messageId)
    rows.push({ hash: idHash(headers.messageId), kind: 'own', threadDocumentId, messageDocumentId });
  for (const alias of message.aliases) rows.push(aliasRow(alias, threadDocumentId, messageDocumentId));
  if (headers.threadIndexRoot) rows.push(threadIndexRow(headers.threadIndexRoot, threadDocumentId));
  if (serverThreadId !== null) {
    const hash = serverThreadHash(inboxDocumentId, serverThreadId);
    rows.push({ hash, kind: 'server-thread', threadDocumentId, messageDocumentId: '' });
  }
  return rows;
};

export const aliasRow = (id: MessageId, threadDocumentId: string, messageDocumentId: string): IdRow => ({
  hash: idHash(id),
  kind: 'alias',
  threadDocumentId,
  messageDocumentId,
});

export const threadIndexRow = (rootHex: string, threadDocumentId: string): IdRow => ({
  hash: threadIndexHash(rootHex),
  kind: 'thread-index',
  threadDocumentId,
  messageDocumentId: '',
});

export const tokenRow = (threadToken: MessageId, threadDocumentId: string): IdRow => ({
  hash: idHash(threadToken),
  kind: 'token',
  threadDocumentId,
  messageDocumentId: '',
});

/** Adds ids that are not there yet. If two threads claim an id, its owner is decided when it is read (`logging.ts`). */
export const indexIds = async (strapi: Strapi, rows: readonly IdRow[]): Promise<void> => {
  const wanted = new Map(rows.map((row) => [keyOf(row), row]));
  const hashes = rows.map(({ hash }) => hash);
  for (const row of await findRowsIn<IdRow>(strapi, uids.idIndex, 'hash', hashes)) wanted.delete(keyOf(row));
  await insertRows(
    strapi,
    uids.idIndex,
    [...wanted.values()].map((row) => ({ ...row }))
  );
};

/** Makes the ids of a thread's removed messages point to the thread only; of all its messages when none is named. */
export const forgetMessages = async (
  strapi: Strapi,
  threadDocumentId: string,
  messageDocumentId?: string
): Promise<void> => {
  const rows = await findRows<IdRow & { id: number }>(strapi, uids.idIndex, {
    where: { threadDocumentId, messageDocumentId: messageDocumentId ?? { $ne: '' } },
  });
  await deleteFound(strapi, uids.idIndex, rows);
  await indexIds(
    strapi,
    rows.map(({ hash, kind }) => ({ hash, kind, threadDocumentId, messageDocumentId: '' }))
  );
};

const keyOf = (row: IdRow): string =>
  `${row.hash} ${row.kind} ${row.threadDocumentId} ${row.messageDocumentId}`;

/** The texts that are ids; others are left out. */
export const messageIdsOf = (stored: readonly (string | null)[]): MessageId[] =>
  stored.flatMap((id) => (id === null ? [] : (canonicalMessageId(id) ?? [])));
