export type SizeUnit = 'byte' | 'kilobyte' | 'megabyte' | 'gigabyte';

const steps: [SizeUnit, number][] = [
  ['gigabyte', 1_000_000_000],
  ['megabyte', 1_000_000],
  ['kilobyte', 1_000],
];

/** A size in the largest unit of which it has at least one; decimal units, as mail providers count. */
export const fileSize = (bytes: number): { amount: number; unit: SizeUnit } => {
  const [unit, length] = steps.find(([, size]) => bytes >= size) ?? ['byte', 1];
  return { amount: bytes / length, unit };
};
