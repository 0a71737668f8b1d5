import type { ImapFlow } from 'imapflow';
import type { ImapUid } from '../../domain/message/message';
import { readTrace } from '../../domain/message/trace';
import type { TraceField } from '../../domain/message/trace';
import { chunkUids } from '../../domain/sync/uid-set';
import type { ServerAccess } from '../../ports';
import { fetchHalving, fetchRows } from './fetch-rows';
import { stillExisting, UIDS_PER_COMMAND } from './list-uids';
import { traceQuery } from './scan-query';

/**
 * The trace fields of these messages, the topmost first: read after the header scan, of the few messages whose verdict
 * rests on them. [] for a message whose fields do not come, also when it is asked for alone; a message that is gone is
 * not in the answer. Rejects with CONNECTION_*, SERVER_THROTTLED.
 */
export const fetchTraces = async (
  client: ImapFlow,
  access: ServerAccess,
  uids: readonly ImapUid[]
): Promise<Map<ImapUid, TraceField[]>> => {
  const traces = new Map<ImapUid, TraceField[]>();
  const fetch = (chunk: readonly ImapUid[]): Promise<boolean> =>
    fetchRows(client, access, chunk, traceQuery, (uid, { headers }) => {
      // A row that only tells changed flags comes unasked (c9).
      if (headers) traces.set(uid, readTrace(Buffer.from(headers).toString('latin1')));
    });
  const missing = (): ImapUid[] => uids.filter((uid) => !traces.has(uid));
  for (const chunk of chunkUids(uids, UIDS_PER_COMMAND)) await fetchHalving(chunk, fetch);
  for (const uid of missing()) await fetch([uid]);
  const lost = missing();
  if (lost.length > 0) for (const uid of await stillExisting(client, access, lost)) traces.set(uid, []);
  return traces;
};
