import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { ThreadRow } from '../base/rows';

/** Each of these threads that exists, with the one that it split off: a new subject makes nobody new (c38, c41). */
export const loadThreadsBefore = async (
  strapi: Strapi,
  threadDocumentIds: readonly string[]
): Promise<Map<string, string[]>> => {
  const rows = await findRowsIn<Pick<ThreadRow, 'documentId' | 'continuesDocumentId'>>(
    strapi,
    uids.thread,
    'documentId',
    threadDocumentIds,
    { select: ['documentId', 'continuesDocumentId'] }
  );
  return new Map(
    rows.map(({ documentId, continuesDocumentId: origin }) => [
      documentId,
      origin === null ? [documentId] : [documentId, origin],
    ])
  );
};
