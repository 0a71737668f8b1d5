export type RelativeUnit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';

/** Signed: negative lies in the past. */
export interface RelativeAmount {
  amount: number;
  unit: RelativeUnit;
}

const units: [RelativeUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** The distance of two times in its largest whole unit; under 45 s it is 0 seconds. */
export const relativeAmount = (at: Date, now: Date): RelativeAmount => {
  const seconds = (at.getTime() - now.getTime()) / 1_000;
  const distance = Math.abs(seconds);
  if (distance < 45) return { amount: 0, unit: 'second' };
  const [unit, length] = units.find(([, size]) => distance >= size) ?? ['minute', 60];
  const whole =
    unit === 'minute' ? Math.max(1, Math.round(distance / length)) : Math.floor(distance / length);
  return { amount: seconds < 0 ? -whole : whole, unit };
};
