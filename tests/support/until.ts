import { setTimeout as sleep } from 'node:timers/promises';

/** Long, for a busy machine: who waits for something that comes does not wait longer for it. */
const WAIT_MS = 60_000;

/**
 * Looks again every `everyMs`, and resolves with what was seen once that is something. Rejects with `complaint` after
 * `waitMs`.
 */
export const until = async <Seen>(
  look: () => Promise<Seen>,
  complaint: string | (() => Promise<string>),
  waitMs = WAIT_MS,
  everyMs = 20
): Promise<Exclude<Seen, null | undefined | false>> => {
  for (const deadline = Date.now() + waitMs; ; await sleep(everyMs)) {
    const seen = await look();
    if (isThere(seen)) return seen;
    if (Date.now() > deadline) throw new Error(typeof complaint === 'string' ? complaint : await complaint());
  }
};

const isThere = <Seen>(seen: Seen): seen is Exclude<Seen, null | undefined | false> =>
  seen !== null && seen !== undefined && seen !== false;
