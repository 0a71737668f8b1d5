import type { ImapFlow, ListResponse } from 'imapflow';
import type { FolderListing, SpecialUse } from '../../domain/sync/folder';
import type { ServerAccess } from '../../ports';
import { classifyImapError } from './classify-imap-error';

/** Every folder with its special use: as the server says (RFC 6154), else by its name in many languages (c15). */
export const listFolders = async (client: ImapFlow, access: ServerAccess): Promise<FolderListing[]> => {
  try {
    return (await client.list()).map(readListing);
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

const readListing = ({ path, delimiter, specialUse = '', flags }: ListResponse): FolderListing => {
  // RFC 9051 7.3.1; flags come in any case.
  const lowerFlags = [...flags].map((flag) => flag.toLowerCase());
  return {
    folderPath: path,
    delimiter: delimiter ?? '',
    specialUse: specialUses.get(specialUse.toLowerCase()) ?? null,
    selectable: !lowerFlags.includes('\\noselect') && !lowerFlags.includes('\\nonexistent'),
  };
};
