import type { BackfillProgress } from '../../../../../../shared/contracts/backfill';

/** Whole percent of a backfill that is read. It is 100 only when it is done: the total still grows while it runs. */
export const percentOf = ({
  state,
  scanned,
  total,
}: Pick<BackfillProgress, 'state' | 'scanned' | 'total'>): number => {
  if (state === 'done') return 100;
  return total === 0 ? 0 : Math.min(99, Math.floor((scanned / total) * 100));
};

/** Whether another backfill can be asked for. */
export const isOver = (backfill: Pick<BackfillProgress, 'state'> | null): boolean =>
  backfill === null || backfill.state === 'done' || backfill.state === 'cancelled';
