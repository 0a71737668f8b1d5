import type { MessageId } from '../../domain/identification/message-id';
import type { MessageHeaders } from '../../domain/message/message';
import { findRowsIn, insertRows } from './database';
import type { Strapi } from './database';
import { shortHash } from './hashes';
import { uids } from './names';
import type { IdRow } from './rows';

export const idHash = (messageId: MessageId): string => shortHash(messageId);

/** Roots are hashed with their name before them, so that no Message-ID can be taken for one. */
export const threadIndexHash = (rootHex: string): string => shortHash(`thread-index ${rootHex}`);

/** The ids that later mail may cite of one recorded message: its own, those it had before a server rewrote it, its Thread-Index root. */
export const idRowsOf = (
  headers: MessageHeaders,
  threadDocumentId: string,
  messageDocumentId: string
): IdRow[] => {
  const rows: IdRow[] = [];
  if (headers.messageId)
    rows.push({ hash: idHash(headers.messageId), kind: 'own', threadDocumentId, messageDocumentId });
  for (const original of headers.originalMessageIds) {
    rows.push({ hash: idHash(original), kind: 'alias', threadDocumentId, messageDocumentId });
  }
  if (headers.threadIndexRoot) rows.push(threadIndexRow(headers.threadIndexRoot, threadDocumentId));
  return rows;
};

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

/** Adds what is not there yet. Who owns an id that two threads claim is decided when it is read (`logging.ts`). */
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

const keyOf = (row: IdRow): string =>
  `${row.hash} ${row.kind} ${row.threadDocumentId} ${row.messageDocumentId}`;
