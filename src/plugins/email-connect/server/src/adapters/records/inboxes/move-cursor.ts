import type { SyncCursor } from '../../../domain/sync/folder';
import type { LookBack, PassOutcome } from '../../../ports';
import { instantOf } from '../base/instants';
import { updateRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { tables, uids } from '../base/names';
import { folderKey, memoryColumns } from './folder-rows';

/**
 * Moves the cursor, if it is still where the pass began, and writes what is remembered of the folder: false when
 * another pass moved the cursor. Success clears the folder's count of failures.
 */
export const moveCursor = async (
  strapi: Strapi,
  { fence, folderPath, cursorBefore, cursorAfter, memory, lookBackBefore, at }: PassOutcome
): Promise<boolean> => {
  const folder = { inboxDocumentId: fence.inboxDocumentId, folderKey: folderKey(folderPath) };
  const moved = await updateRows(
    strapi,
    uids.folderCursor,
    { ...folder, ...cursorColumns(cursorBefore) },
    {
      ...cursorColumns(cursorAfter),
      ...memoryColumns(memory),
      lastPassAt: at.getTime(),
      lastErrorCode: null,
      failures: 0,
      retryAt: null,
    }
  );
  if (moved === 0) return false;
  if (memory.lookBackTo !== lookBackBefore) {
    const asLoaded = { ...folder, lookBackTo: instantOf(lookBackBefore) };
    await updateRows(strapi, uids.folderCursor, asLoaded, { lookBackTo: instantOf(memory.lookBackTo) });
  }
  return true;
};

const cursorColumns = (cursor: SyncCursor | null) => ({
  uidValidity: cursor?.uidValidity ?? null,
  lastUid: cursor?.lastUid ?? null,
});

/**
 * Has watched folders read again from `since` on. Each call changes the value, by a millisecond if need be: a running
 * pass, with older facts, then does not find the value it loaded and leaves it for the next pass (c46).
 */
export const askLookBack = async (
  writer: Writer,
  inboxDocumentId: string,
  { since, everyInbox }: LookBack
): Promise<void> => {
  const { connection } = writer.strapi.db;
  const folders = writer
    .table(tables.folderCursor)
    .where({ watched: true })
    .where((listed) => void listed.where({ listed: true }).orWhereNull('listed'));
  await (everyInbox ? folders : folders.where({ inbox_document_id: inboxDocumentId })).update({
    look_back_to: connection.raw(
      'case when look_back_to is null or look_back_to > ? then ? else look_back_to - 1 end',
      [since.getTime(), since.getTime()]
    ),
  });
};
