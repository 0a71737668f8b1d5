import type { BegunThread, MessageToRecord } from '../../../ports';
import { findRowsIn, insertRows, rowIdsOf } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { indexIds, threadIndexRow, tokenRow } from '../facts/id-index';
import { uids } from '../base/names';
import { storable } from '../base/storable';

export interface ThreadToInsert {
  documentId: string;
  inboxDocumentId: string;
  begins: BegunThread;
}

/**
 * Begins threads that do not exist yet, in any state: an un-logged thread stays un-logged (S21). If another process
 * begins the same thread at the same moment, the unique index makes this transaction run again (P2).
 */
export const beginThreads = async (
  strapi: Strapi,
  messages: readonly MessageToRecord[],
  at: Date
): Promise<void> => {
  const wanted = new Map<string, ThreadToInsert>();
  for (const { begins, threadDocumentId: documentId, inboxDocumentId } of messages) {
    if (begins && !wanted.has(documentId)) wanted.set(documentId, { documentId, inboxDocumentId, begins });
  }
  const known = await findRowsIn<{ documentId: string }>(
    strapi,
    uids.thread,
    'documentId',
    [...wanted.keys()],
    { select: ['documentId'] }
  );
  for (const { documentId } of known) wanted.delete(documentId);
  await insertThreads(strapi, [...wanted.values()], at);
};

export const insertThreads = async (
  strapi: Strapi,
  threads: readonly ThreadToInsert[],
  at: Date
): Promise<void> => {
  if (threads.length === 0) return;
  const inboxIdOf = await rowIdsOf(
    strapi,
    uids.inbox,
    threads.map(({ inboxDocumentId }) => inboxDocumentId)
  );
  await insertRows(
    strapi,
    uids.thread,
    threads.map(({ documentId, inboxDocumentId, begins }) => ({
      documentId,
      publishedAt: at,
      subject: storable(begins.subject),
      baseSubject: storable(begins.baseSubject),
      state: 'open',
      messageCount: 0,
      attachmentCount: 0,
      threadToken: begins.threadToken,
      threadIndexRoot: begins.threadIndexRoot,
      continuesDocumentId: begins.continuesDocumentId,
      inbox: inboxIdOf.get(inboxDocumentId) ?? null,
    }))
  );
  await indexIds(
    strapi,
    threads.flatMap(({ documentId, begins }) => [
      tokenRow(begins.threadToken, documentId),
      threadIndexRow(begins.threadIndexRoot, documentId),
    ])
  );
};
