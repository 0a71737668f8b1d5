import type { ImapFlow, ListResponse } from 'imapflow';
import type { FolderListing, SpecialUse } from '../../domain/sync/folder';
import type { ServerAccess } from '../../ports';
import { MOST_FOLDERS, tooManyFolders } from './answer-bound';
import { classifyImapError } from './classify-imap-error';
import { readMailboxIds } from './mailbox-ids';

/**
 * Every folder with its special use: as the server says (RFC 6154), else by its name in many languages (c15). Rejects
 * with TOO_MANY_FOLDERS, or as `classifyImapError`.
 */
export const listFolders = async (client: ImapFlow, access: ServerAccess): Promise<FolderListing[]> => {
  try {
    const entries = await client.list();
    if (entries.length > MOST_FOLDERS) throw tooManyFolders(access);
    const listed = entries.map((entry) => ({ entry, folder: readListing(entry) }));
    const names = listed.filter(({ folder }) => folder.selectable).map(({ entry }) => entry.pathAsListed);
    const ids = await readMailboxIds(client, names);
    return listed.map(({ entry, folder }) => ({ ...folder, objectId: ids.get(entry.pathAsListed) ?? null }));
  } catch (error) {
    throw classifyImapError(error, access);
  }
};

const specialUses: ReadonlyMap<string, SpecialUse> = new Map(
  (['inbox', 'sent', 'drafts', 'junk', 'trash', 'archive', 'all', 'flagged'] as const).map((use) => [
    `\\${use}`,
    use,
  ])
);

const readListing = (entry: ListResponse): Omit<FolderListing, 'objectId'> => {
  const { path, delimiter, specialUse = '', flags } = entry;
  // RFC 9051 7.3.1; flags come in any case.
  const lowerFlags = [...flags].map((flag) => flag.toLowerCase());
  return {
    folderPath: path,
    delimiter: delimiter ?? '',
    specialUse: specialUses.get(specialUse.toLowerCase()) ?? null,
    selectable: !lowerFlags.includes('\\noselect') && !lowerFlags.includes('\\nonexistent'),
  };
};
