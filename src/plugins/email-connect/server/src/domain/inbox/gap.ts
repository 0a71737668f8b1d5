import { arrivedSince } from '../sync/arrived-since';
import type { Gap } from './inbox';

/** Shorter than this is a hiccup: a restart, a renewed connection. */
const SHORTEST_MS = 5 * 60_000;

/**
 * The time in which an inbox could not be read, and how many messages of logged threads had arrived in it (S7); null
 * when there was no such time. `lastPassAt`, ISO: the last whole pass before it; `readAgainAt` in ms; `changes`: what
 * the first pass after it recorded.
 */
export const gapOf = (
  lastPassAt: string | null,
  readAgainAt: number,
  changes: readonly { receivedAt: string; direction: 'incoming' | 'outgoing' }[]
): Gap | null => {
  if (lastPassAt === null) return null;
  const from = Date.parse(lastPassAt);
  if (readAgainAt - from < SHORTEST_MS) return null;
  const recovered = changes
    .filter(arrivedSince(lastPassAt))
    .filter(({ receivedAt, direction }) => direction === 'incoming' && Date.parse(receivedAt) <= readAgainAt);
  return { from: lastPassAt, to: new Date(readAgainAt).toISOString(), recovered: recovered.length };
};
