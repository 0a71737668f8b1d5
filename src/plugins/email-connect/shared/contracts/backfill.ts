import { z } from 'zod';
import { dayOrTime } from './day-or-time';

/** History that a person asked for: read newest first, in pieces, while new mail goes on arriving. */
export const backfill = z.object({
  /** ISO. */
  since: z.string(),
  state: z.enum(['running', 'paused', 'cancelled', 'done']),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Messages in the window; grows while folders are counted. */
  total: z.number(),
  scanned: z.number(),
  logged: z.number(),
  /** Bytes read today (UTC), and the most that may be read in a day. */
  bytesToday: z.number(),
  dailyBytes: z.number(),
});
export type BackfillProgress = z.infer<typeof backfill>;

/** null: there never was one. */
export const backfillAnswer = z.object({ backfill: backfill.nullable() });
export type BackfillAnswer = z.infer<typeof backfillAnswer>;

export const beginBackfillRequest = z.object({
  /** In the past. */
  since: dayOrTime,
});
export type BeginBackfillRequest = z.infer<typeof beginBackfillRequest>;

export const backfillAction = z.enum(['pause', 'resume', 'cancel']);
export type BackfillAction = z.infer<typeof backfillAction>;
