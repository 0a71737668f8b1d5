import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import type { ImapUid } from '../../domain/message/message';
import { packUids } from '../../domain/sync/uid-set';
import type { ServerAccess } from '../../ports';
import { classifyImapError, isRefusal } from './classify-imap-error';
import { classifyFetchError } from './fetch-message';

/** One FETCH; false when the server refused it, which does not mean that the messages are gone. */
export const fetchRows = async (
  client: ImapFlow,
  access: ServerAccess,
  uids: readonly ImapUid[],
  query: FetchQueryObject,
  keep: (uid: ImapUid, row: FetchMessageObject) => void
): Promise<boolean> => {
  const asked = new Map<number, ImapUid>(uids.map((uid) => [uid, uid]));
  try {
    // Rows are only collected here: a command inside this loop would wait for itself.
    for await (const row of client.fetch(packUids(uids), query, { uid: true })) {
      const uid = asked.get(row.uid);
      if (uid !== undefined) keep(uid, row);
    }
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw classifyImapError(error, access);
    const failure = classifyFetchError(error, access);
    if (failure.code !== 'MESSAGE_UNREADABLE') throw failure;
    return false;
  }
};

/**
 * When the server refuses a chunk, the cause may be one message in it: the chunk is halved until the others have come
 * (c8).
 */
export const fetchHalving = async (
  uids: readonly ImapUid[],
  fetch: (uids: readonly ImapUid[]) => Promise<boolean>
): Promise<void> => {
  if (uids.length === 0 || (await fetch(uids)) || uids.length === 1) return;
  const middle = Math.ceil(uids.length / 2);
  await fetchHalving(uids.slice(0, middle), fetch);
  await fetchHalving(uids.slice(middle), fetch);
};
