/** One line of the table: what was measured, against what, and what it should reach. */
export interface Row {
  work: string;
  ours: string;
  against: string;
  ratio: string;
  reach: string;
  reached: boolean;
}

/** A row prints this line last; the runner reads it. */
export const RESULT = 'RESULT ';

export const printRows = (rows: readonly Row[]): void => {
  for (const row of rows) {
    console.log(
      `${row.reached ? 'reached' : 'MISSED '}  ${row.work}: ${row.ours} against ${row.against}: ${row.ratio} (reach: ${row.reach})`
    );
  }
  console.log(`${RESULT}${JSON.stringify(rows)}`);
};

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** The value below which this part of the numbers lies. NaN for no numbers. */
export const quantile = (numbers: readonly number[], part: number): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
export const perSecond = (count: number, ms: number): string =>
  `${Math.round((count * 1000) / ms).toLocaleString('en-US')}/s`;
export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
