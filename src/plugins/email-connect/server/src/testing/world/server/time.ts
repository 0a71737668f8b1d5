export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** When both inboxes were connected. */
export const CONNECTED_AT = Date.parse('2026-03-02T09:30:00.000Z');

export const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;

export const iso = (ms: number): string => new Date(ms).toISOString();
