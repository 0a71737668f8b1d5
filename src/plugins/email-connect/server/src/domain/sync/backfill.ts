import type { ImapUid } from '../message/message';
import type { Suspect } from './suspect';

/** History that a person asked for: headers from `since` on, newest first, a chunk at a time between live passes. */
export interface Backfill {
  /** ISO. */
  since: string;
  state: 'running' | 'paused' | 'cancelled' | 'done';
  /** ISO. */
  startedAt: string;
  endedAt: string | null;
  /** Messages in the window; grows as folders are counted. */
  total: number;
  scanned: number;
  logged: number;
  /** ISO day, UTC, of `bytesToday`. */
  day: string;
  /** Bytes read today: providers limit the download of a day. */
  bytesToday: number;
  dailyBytes: number;
  folders: BackfillPlace[];
}

/** How far one folder was read, from its newest mail down. */
export interface BackfillPlace {
  folderPath: string;
  /** The folder's uidValidity when it was counted: after a renumbering the folder is counted again. */
  uidValidity: string;
  /** UIDs from here upwards are done; 0 when the whole window is. */
  doneFromUid: number;
  /** The message at which the connection was lost, until the backfill is past it. */
  suspect?: Suspect;
}

/**
 * The place of a backfill in a folder; undefined when it has not reached the folder yet, or counts it anew after a
 * renumbering.
 */
export const placeIn = (
  { folders }: Backfill,
  folderPath: string,
  uidValidity: string
): BackfillPlace | undefined =>
  folders.find((place) => place.folderPath === folderPath && place.uidValidity === uidValidity);

/** The backfill with today's count of bytes: a new day begins with 0. */
export const onDay = (backfill: Backfill, day: string): Backfill =>
  backfill.day === day ? backfill : { ...backfill, day, bytesToday: 0 };

/** The newest UIDs of the window that are not done, ascending, at most `size`. */
export const nextChunk = (
  window: readonly ImapUid[],
  { doneFromUid }: BackfillPlace,
  size: number
): ImapUid[] => window.filter((uid) => uid < doneFromUid).slice(-size);

/** The place after these UIDs: 0 when there were none left. */
export const doneAfter = ({ suspect, ...place }: BackfillPlace, uids: readonly ImapUid[]): BackfillPlace => {
  const doneFromUid = uids[0] ?? 0;
  return suspect && suspect.imapUid < doneFromUid
    ? { ...place, doneFromUid, suspect }
    : { ...place, doneFromUid };
};

/** The place with another suspect. */
export const withSuspect = (
  { suspect: _, ...place }: BackfillPlace,
  suspect: Suspect | null
): BackfillPlace => (suspect ? { ...place, suspect } : place);

export const withPlace = (backfill: Backfill, place: BackfillPlace): Backfill => ({
  ...backfill,
  folders: [...backfill.folders.filter(({ folderPath }) => folderPath !== place.folderPath), place],
});
