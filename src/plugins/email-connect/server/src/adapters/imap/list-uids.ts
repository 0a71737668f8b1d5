import type { ESearchResult, ImapFlow, SearchObject } from 'imapflow';
import type { ImapUid } from '../../domain/message/message';
import type { FolderState } from '../../domain/sync/folder';
import { chunkUids, packUids } from '../../domain/sync/uid-set';
import { protocolMismatch } from '../../net/classify-network-error';
import type { ServerAccess } from '../../ports';
import { classifyImapError } from './classify-imap-error';
import { expandUids, HIGHEST_UID, isUid, MOST_UIDS } from './expand-uids';
import { listBySequence } from './list-by-sequence';
import { refusalOf, withTaggedAnswer } from './tagged-answer';

/** At most so many UIDs in one answer, if they are evenly spread: 3 MB of text, whatever the folder's size (c4). */
const UIDS_PER_ANSWER = 250_000;

/**
 * The UIDs among `from..to` that exist, ascending. A range that ends below its start is empty. `exists`: messages in
 * the folder; a large one is asked about in pieces, so that no answer outgrows the memory.
 */
export const listUids = async (
  client: ImapFlow,
  access: ServerAccess,
  from: number,
  to: number,
  exists: number
): Promise<ImapUid[]> => {
  const listed: ImapUid[] = [];
  for (const [first, last] of piecesOf(from, to, exists)) {
    const range = `${first}:${last}`;
    const found = await search(client, access, { uid: range });
    // Without ESEARCH there is no count to confirm an empty answer: some servers leave the answer out.
    const isDoubtful = found?.length === 0 && exists > 0 && !client.capabilities.has('ESEARCH');
    const uids = !found || isDoubtful ? await listBySequence(client, access, first, last) : found;
    // RFC 9051 9: a range beyond the last message means the last message (c5).
    for (const uid of uids) if (uid >= first && uid <= last) listed.push(uid);
    if (listed.length > MOST_UIDS) throw tooMany(access);
  }
  return listed;
};

/** Ascending ranges: QQ refuses descending ones. */
function* piecesOf(from: number, to: number, exists: number): Generator<readonly [number, number]> {
  const span = Math.max(1, Math.ceil((to - from + 1) / Math.max(1, Math.ceil(exists / UIDS_PER_ANSWER))));
  for (let first = from; first <= to; first += span) yield [first, Math.min(to, first + span - 1)];
}

/** A day's worth of slack: SEARCH SINCE compares calendar days in the server's own time zone (RFC 9051 6.4.4). */
const ZONE_SLACK_MS = 24 * 3_600_000;

/** The earliest day that may be the day of `since` somewhere. */
export const withZoneSlack = (since: Date): Date => new Date(since.getTime() - ZONE_SLACK_MS);

/**
 * The UIDs of messages that arrived on or after the day of `since`, ascending; messages up to a day older may be
 * among them.
 */
export const listUidsSince = async (
  client: ImapFlow,
  access: ServerAccess,
  since: Date,
  { uidNext, exists }: FolderState
): Promise<ImapUid[]> => {
  const pieces = [...piecesOf(1, Math.max(1, uidNext - 1), exists)];
  const found: ImapUid[] = [];
  for (const [i, [first, end]] of pieces.entries()) {
    // The last range has no upper end, to include mail that came since the folder was opened.
    const last = i === pieces.length - 1 ? HIGHEST_UID : end;
    const range = pieces.length === 1 ? {} : { uid: `${first}:${last}` };
    const uids = await search(client, access, { ...range, since: withZoneSlack(since) });
    // The server cannot search by date: listing every message is more work, but none is missed.
    if (!uids) return listBySequence(client, access, 1, HIGHEST_UID);
    for (const uid of uids) if (uid >= first && uid <= last) found.push(uid);
    if (found.length > MOST_UIDS) throw tooMany(access);
  }
  return found;
};

/** Keeps a command line below 8 KB even if no two UIDs are neighbours. */
export const UIDS_PER_COMMAND = 500;

/** Which of these UIDs still exist, ascending; all of them if the server refuses to answer. */
export const stillExisting = async (
  client: ImapFlow,
  access: ServerAccess,
  uids: readonly ImapUid[]
): Promise<ImapUid[]> => {
  const existing: ImapUid[] = [];
  for (const chunk of chunkUids(uids, UIDS_PER_COMMAND)) {
    const found = await search(client, access, { uid: packUids(chunk) });
    const there = found && new Set(found);
    existing.push(...chunk.filter((uid) => !there || there.has(uid)));
  }
  return existing;
};

/**
 * The UIDs that a search finds, ascending; null when the server refused it (Yahoo: SERVERBUG), which must not look
 * like "nothing found". As ranges where ESEARCH is offered (RFC 4731): 1,000,000 consecutive UIDs are 14 bytes then.
 */
export const search = async (
  client: ImapFlow,
  access: ServerAccess,
  query: SearchObject
): Promise<ImapUid[] | null> => {
  try {
    return (await searchInRanges(client, access, query)) ?? (await searchPlainly(client, query));
  } catch (error) {
    throw classifyImapError(error, access);
  }
};

/**
 * null where ESEARCH is not offered, or does not work: a server that answers without the count, or with another
 * number of UIDs than the count, is asked by a plain SEARCH, so that a missing answer is not taken for an empty
 * folder.
 */
const searchInRanges = async (
  client: ImapFlow,
  access: ServerAccess,
  query: SearchObject
): Promise<ImapUid[] | null> => {
  if (!client.capabilities.has('ESEARCH')) return null;
  const found = await ask(client, () => client.search(query, { uid: true, returnOptions: ['ALL', 'COUNT'] }));
  if (!isResult(found) || found.count === undefined) return null;
  const uids = expandUids(found.all ?? '');
  if (!uids) throw tooMany(access);
  return uids.length === found.count ? uids : null;
};

/** Of one answer, or of all together: a folder that never ends would fill the memory (S47). */
const tooMany = (access: ServerAccess) =>
  protocolMismatch(access, 'The server lists more messages than a folder can hold.');

const isResult = (found: unknown): found is ESearchResult =>
  typeof found === 'object' && found !== null && !Array.isArray(found);

const searchPlainly = async (client: ImapFlow, query: SearchObject): Promise<ImapUid[] | null> => {
  const found = await ask(client, () => client.search(query, { uid: true }));
  return Array.isArray(found) ? found.filter(isUid) : null;
};

/** RFC 5530 3: the server refuses every search for now, not this one. */
const LIMIT_CODES: readonly string[] = ['LIMIT', 'OVERQUOTA', 'INUSE', 'THROTTLED'];

/** The result of a search; null when the server refused it. */
const ask = async <T>(client: ImapFlow, work: () => Promise<T>): Promise<T | null> => {
  const { result, answer } = await withTaggedAnswer(client, work);
  if (answer.status === 'OK') return result;
  if (LIMIT_CODES.includes(answer.code)) throw refusalOf(answer);
  return null;
};
