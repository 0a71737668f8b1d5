import type { LookBack, MessageToRecord } from '../../ports';

/** How much the clocks of mail servers may differ. */
const CLOCK_SLACK_MS = 3_600_000;
const DAY_MS = 24 * 3_600_000;

/**
 * From when on the folders are to be read once more (c46), because a mail was logged whose answers may have been
 * judged before it; null: no need. `completeUpTo`: the folder's, ISO.
 */
export const lookBackFor = (
  { origin, receivedAt, parsed }: MessageToRecord,
  completeUpTo: string | null,
  now: Date
): LookBack | null => {
  if (origin === 'backfill' || (origin === 'reply' && !isLate(receivedAt, completeUpTo, now))) return null;
  const sentAt = Date.parse(parsed.headers.sentAt ?? receivedAt);
  const since = new Date(Math.min(sentAt, Date.parse(receivedAt)) - CLOCK_SLACK_MS);
  return { since, everyInbox: origin !== 'sent-folder' && origin !== 'reply' };
};

/**
 * Whether a mail was in quarantine, appeared late, or comes from a gap: a mail that answers it, and cites nothing
 * else, may have been judged without it, here or in a folder that was read earlier (P5). If both came
 * within the last day, the next sweep reads them again.
 */
const isLate = (receivedAt: string, completeUpTo: string | null, now: Date): boolean => {
  const aDayAgo = new Date(now.getTime() - DAY_MS).toISOString();
  return receivedAt < aDayAgo || (completeUpTo !== null && receivedAt < completeUpTo);
};

/** One look back that covers both. */
export const wider = (one: LookBack | null, other: LookBack): LookBack =>
  one === null
    ? other
    : {
        since: one.since < other.since ? one.since : other.since,
        everyInbox: one.everyInbox || other.everyInbox,
      };
