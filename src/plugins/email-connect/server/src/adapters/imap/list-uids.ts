import type { ImapFlow, SearchObject } from 'imapflow';
import type { ImapUid } from '../../domain/message/message';
import type { ServerAccess } from '../../ports';
import { classifyImapError } from './classify-imap-error';

const isUid = (value: number): value is ImapUid =>
  Number.isInteger(value) && value > 0 && value <= 0xffff_ffff;

/** The UIDs among `from..to` that exist, ascending. A range that ends below its start is empty. */
export const listUids = async (
  client: ImapFlow,
  access: ServerAccess,
  from: number,
  to: number
): Promise<ImapUid[]> => {
  if (from > to) return [];
  const range = `${from}:${to}`;
  const uids = (await search(client, access, { uid: range })) ?? (await fetchUids(client, access, range));
  // RFC 9051 9: a range beyond the last message means the last message (c5).
  return uids.filter((uid) => uid >= from && uid <= to);
};

/** A day's worth of slack: SEARCH SINCE compares calendar days in the server's own time zone (RFC 9051 6.4.4). */
const ZONE_SLACK_MS = 24 * 3_600_000;

/** The UIDs of messages that arrived on or after the day of `since`, ascending; up to a day's older ones may be among them. */
export const listUidsSince = async (
  client: ImapFlow,
  access: ServerAccess,
  since: Date
): Promise<ImapUid[]> => {
  const uids = await search(client, access, { since: new Date(since.getTime() - ZONE_SLACK_MS) });
  // A server that cannot search by date: every message is more work, but none is missed.
  return uids ?? fetchUids(client, access, '1:*');
};

/** Which of these UIDs still exist; all of them where the server refuses to say. */
export const stillExisting = async (
  client: ImapFlow,
  access: ServerAccess,
  uids: readonly ImapUid[],
  set: string
): Promise<ImapUid[]> => {
  const found = await search(client, access, { uid: set });
  if (!found) return [...uids];
  const existing = new Set(found);
  return uids.filter((uid) => existing.has(uid));
};

/** null when the server refused the search (Yahoo: SERVERBUG), which must not read as "nothing found". */
export const search = async (
  client: ImapFlow,
  access: ServerAccess,
  query: SearchObject
): Promise<ImapUid[] | null> => {
  try {
    const found = await client.search(query, { uid: true });
    return Array.isArray(found) ? found.filter(isUid) : null;
  } catch (error) {
    throw classifyImapError(error, access);
  }
};

const fetchUids = async (client: ImapFlow, access: ServerAccess, range: string): Promise<ImapUid[]> => {
  try {
    const rows = await client.fetchAll(range, { uid: true }, { uid: true });
    return [...new Set(rows.map(({ uid }) => uid).filter(isUid))].sort((a, b) => a - b);
  } catch (error) {
    throw classifyImapError(error, access);
  }
};
