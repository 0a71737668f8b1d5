import type { InboxFolderAnswer } from '../../../../../shared/contracts/inbox';

/** P10: how far an inbox as a whole is complete. */
export interface Completeness {
  /** Up to when every watched folder is complete; null while one of them is not complete at all, and without any. */
  upTo: string | null;
  missing: number;
  /** Watched folders that could not be read at the last pass. */
  failing: InboxFolderAnswer[];
}

/** An inbox is as complete as the folder that lags behind most. */
export const completenessOf = (folders: readonly InboxFolderAnswer[]): Completeness => {
  const watched = folders.filter((folder) => folder.watched);
  const times = watched.map(({ completeUpTo }) => completeUpTo);
  const earliest = times.every((time) => time !== null) ? times.sort(byTime)[0] : undefined;
  return {
    upTo: earliest ?? null,
    missing: watched.reduce((sum, { missing }) => sum + missing, 0),
    failing: watched.filter(({ lastErrorCode }) => lastErrorCode !== null),
  };
};

const byTime = (one: string, other: string): number => new Date(one).getTime() - new Date(other).getTime();

/** How long a gap was, in whole minutes, at least one. */
export const gapMinutes = ({ from, to }: { from: string; to: string }): number =>
  Math.max(1, Math.round((new Date(to).getTime() - new Date(from).getTime()) / 60_000));
