/** Nobody wrote mail before, whatever a sender or a server says. */
const EARLIEST_MS = Date.UTC(1900, 0, 1);
/** MySQL and MariaDB know no year after 9999; a day before its end, for the zone that their driver writes times in. */
const LATEST_MS = Date.UTC(9999, 11, 30);

/** ISO, as every database takes it and as its text sorts; null for no time that a mail can have. */
export const mailTime = (ms: number): string | null =>
  ms >= EARLIEST_MS && ms <= LATEST_MS ? new Date(ms).toISOString() : null;
