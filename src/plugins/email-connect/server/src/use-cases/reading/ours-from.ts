import { placeIn } from '../../domain/sync/backfill';
import type { InboxFolder } from '../../domain/sync/folder';
import type { Ports } from '../../ports';
import type { Pass } from './pass';

/**
 * From when on a folder's mail is ours to read, ISO; null: all of it, for a person put it there. A folder that a
 * backfill has not reached yet is left to the backfill.
 */
export const oursFrom = async (
  { backfills }: Pick<Ports, 'backfills'>,
  { inbox: { documentId, connectedAt } }: Pass,
  { role, folderPath }: InboxFolder,
  uidValidity: string
): Promise<string | null> => {
  if (role !== 'watch') return null;
  const backfill = await backfills.load(documentId);
  const isBegun = backfill && placeIn(backfill, folderPath, uidValidity) !== undefined;
  return isBegun && connectedAt !== null && backfill.since < connectedAt ? backfill.since : connectedAt;
};
