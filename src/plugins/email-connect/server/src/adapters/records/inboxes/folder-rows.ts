import type { ImapUid } from '../../../domain/message/message';
import type { FolderMemory, FolderRole, InboxFolder, SyncCursor } from '../../../domain/sync/folder';
import type { Suspect } from '../../../domain/sync/suspect';
import type { FolderChoice } from '../../../ports';
import { instantOf, isoOf } from '../base/instants';
import { findRows, insertRows, updateRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { readFolderRole, readSpecialUse } from '../base/enumerations';
import { shortHash } from '../base/hashes';
import { uids } from '../base/names';
import type { FolderRow } from '../base/rows';
import { storable, storableJson } from '../base/storable';

/**
 * The key by which a folder is found: its path may be longer than an index takes, and MySQL would compare it without
 * case.
 */
export const folderKey = (folderPath: string): string => shortHash(folderPath);

export const loadFolders = (strapi: Strapi, inboxDocumentId: string): Promise<FolderRow[]> =>
  findRows<FolderRow>(strapi, uids.folderCursor, { where: { inboxDocumentId }, orderBy: { id: 'asc' } });

export type FolderToInsert = Pick<InboxFolder, 'folderPath' | 'specialUse' | 'watched'> &
  Partial<InboxFolder>;

export const insertFolders = (
  strapi: Strapi,
  inboxDocumentId: string,
  folders: readonly FolderToInsert[]
): Promise<void> =>
  insertRows(
    strapi,
    uids.folderCursor,
    folders.map((folder) => ({
      inboxDocumentId,
      folderPath: storable(folder.folderPath),
      folderKey: folderKey(folder.folderPath),
      specialUse: folder.specialUse,
      watched: folder.watched,
      role: folder.role ?? 'watch',
      listed: folder.listed ?? true,
      objectId: objectIdColumn(folder.objectId),
      readFrom: instantOf(folder.readFrom),
      uidValidity: folder.cursor?.uidValidity ?? null,
      lastUid: folder.cursor?.lastUid ?? null,
      lastPassAt: instantOf(folder.lastPassAt),
      lastErrorCode: folder.lastErrorCode ?? null,
      failures: folder.failures ?? 0,
      retryAt: instantOf(folder.retryAt),
      ...(folder.memory ? memoryColumns(folder.memory) : {}),
      lookBackTo: instantOf(folder.memory?.lookBackTo),
    }))
  );

const LONGEST_OBJECT_ID = 255; // RFC 8474 4

/** A longer id is invalid; cut short, it could be taken for another folder's. */
export const objectIdColumn = (objectId: string | null | undefined): string | null =>
  objectId && objectId.length <= LONGEST_OBJECT_ID ? storable(objectId) : null;

/** All of a folder's memory but `lookBackTo`, which other processes write as well. */
export const memoryColumns = (memory: FolderMemory): Record<string, unknown> => ({
  recentUids: memory.recentUids,
  existing: memory.exists,
  completeUpTo: instantOf(memory.completeUpTo),
  sweptAt: instantOf(memory.sweptAt),
  renumberedAt: storableJson(memory.renumberedAt),
  ...suspectColumns(memory.suspect),
});

export const suspectColumns = (suspect: Suspect | null): Record<string, unknown> => ({
  readingUid: suspect?.imapUid ?? null,
  readingLosses: suspect?.losses ?? null,
});

/** Columns that came with a later version are null in rows of an earlier one. */
export const toFolder = (row: FolderRow): InboxFolder => ({
  folderPath: row.folderPath,
  specialUse: readSpecialUse(row.specialUse),
  watched: row.watched,
  role: readFolderRole(row.role ?? 'watch'),
  listed: row.listed ?? true,
  objectId: row.objectId,
  readFrom: isoOf(row.readFrom),
  cursor: toCursor(row),
  memory: {
    recentUids: row.recentUids ?? '',
    exists: Number(row.existing ?? 0),
    completeUpTo: isoOf(row.completeUpTo),
    sweptAt: isoOf(row.sweptAt),
    renumberedAt: row.renumberedAt ?? [],
    lookBackTo: isoOf(row.lookBackTo),
    suspect:
      row.readingUid === null
        ? null
        : { imapUid: Number(row.readingUid) as ImapUid, losses: row.readingLosses ?? 1 },
  },
  lastPassAt: isoOf(row.lastPassAt),
  lastErrorCode: row.lastErrorCode,
  failures: row.failures ?? 0,
  retryAt: isoOf(row.retryAt),
});

const toCursor = ({ uidValidity, lastUid }: FolderRow): SyncCursor | null =>
  uidValidity === null || lastUid === null ? null : { uidValidity, lastUid: Number(lastUid) as ImapUid };

/**
 * Within a transaction of the caller: sets the purpose of each listed folder; a folder that is not named is not
 * watched.
 */
export const chooseFolders = async (
  strapi: Strapi,
  inboxDocumentId: string,
  choices: readonly FolderChoice[]
): Promise<void> => {
  const listed = { $or: [{ listed: true }, { listed: null }] };
  const unchosen = { watched: false, role: 'watch' };
  await updateRows(strapi, uids.folderCursor, { inboxDocumentId, ...listed }, unchosen);
  for (const [role, folderKeys] of keysByRole(choices)) {
    const chosen = { inboxDocumentId, folderKey: { $in: folderKeys }, ...listed };
    await updateRows(strapi, uids.folderCursor, chosen, { watched: true, role });
  }
};

const keysByRole = (choices: readonly FolderChoice[]): Map<FolderRole, string[]> => {
  const keys = new Map<FolderRole, string[]>();
  for (const { folderPath, role } of choices) {
    keys.set(role, [...(keys.get(role) ?? []), folderKey(folderPath)]);
  }
  return keys;
};
