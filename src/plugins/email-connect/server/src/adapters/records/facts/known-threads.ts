import { normalizeAddress } from '../../../domain/address/address';
import { isOfTeam } from '../../../domain/logging/outsiders';
import type { KnownThread, Team } from '../../../domain/logging/verdict';
import type { Candidate } from '../../../domain/message/message';
import { baseSubject } from '../../../domain/subject/base-subject';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { readThreadState } from '../base/enumerations';
import { addressHash } from '../people/address-hash';
import { tables, uids } from '../base/names';
import type { ParticipantRow, ThreadRow } from '../base/rows';
import { storable } from '../base/storable';

type KnownThreadRow = Pick<ThreadRow, 'documentId' | 'state' | 'baseSubject' | 'lastMessageAt'>;

/** These threads, and the threads that split off them when their subject changed. */
export const loadKnownThreads = async (
  strapi: Strapi,
  documentIds: readonly string[]
): Promise<Map<string, KnownThread>> => {
  const find = (column: string) =>
    findRowsIn<KnownThreadRow>(strapi, uids.thread, column, documentIds, {
      select: ['documentId', 'state', 'baseSubject', 'lastMessageAt'],
    });
  const rows = [...(await find('documentId')), ...(await find('continuesDocumentId'))];
  const addressesOf = new Map<string, Set<string>>(rows.map(({ documentId }) => [documentId, new Set()]));
  const participants = await findRowsIn<ParticipantRow>(strapi, uids.participant, 'threadDocumentId', [
    ...addressesOf.keys(),
  ]);
  for (const { threadDocumentId, address } of participants) addressesOf.get(threadDocumentId)?.add(address);
  return new Map(
    rows.map(({ documentId, state, baseSubject: subject, lastMessageAt }) => [
      documentId,
      {
        documentId,
        state: readThreadState(state),
        baseSubject: subject,
        participants: addressesOf.get(documentId) ?? new Set<string>(),
        lastMessageAt,
      },
    ])
  );
};

const CANDIDATES_AT_ONCE = 250;
/** A limit for a person in very many open threads of one subject, the newest first: two are too many already. */
const MOST_THREADS = 500;

/**
 * Open threads with the subject of one of these messages and its author among those who take part (b.3-11). Filtered
 * by the author first: strangers take part in no thread, which one index look-up shows for all of them.
 */
export const threadsBySubject = async (
  strapi: Strapi,
  candidates: readonly Candidate[],
  team: Team
): Promise<string[]> => {
  const found: string[] = [];
  for (let start = 0; start < candidates.length; start += CANDIDATES_AT_ONCE) {
    const wanted = new Map<string, { hash: string; subject: string }>();
    for (const { headers } of candidates.slice(start, start + CANDIDATES_AT_ONCE)) {
      const [author] = headers.from.map(({ address }) => normalizeAddress(address));
      if (author === undefined || isOfTeam(author, team)) continue;
      const pair = { hash: addressHash(author), subject: storable(baseSubject(headers.subject)) };
      wanted.set(pairKey(pair), pair);
    }
    if (wanted.size > 0) found.push(...(await findPairs(strapi, wanted)));
  }
  return found;
};

interface Pair {
  hash: string;
  subject: string;
}

const pairKey = ({ hash, subject }: Pair): string => `${hash} ${subject}`;

const findPairs = async (strapi: Strapi, wanted: ReadonlyMap<string, Pair>): Promise<string[]> => {
  const pairs = [...wanted.values()];
  const rows: (Pair & { documentId: string })[] = await strapi.db
    .getConnection(`${tables.participant} as participant`)
    .join(`${tables.thread} as thread`, 'thread.document_id', 'participant.thread_document_id')
    .whereIn('participant.address_hash', [...new Set(pairs.map(({ hash }) => hash))])
    .whereIn('thread.base_subject', [...new Set(pairs.map(({ subject }) => subject))])
    .where({ 'thread.state': 'open' })
    .orderBy('thread.last_message_at', 'desc')
    .limit(MOST_THREADS)
    .select({
      documentId: 'thread.document_id',
      hash: 'participant.address_hash',
      subject: 'thread.base_subject',
    });
  return rows.filter((row) => wanted.has(pairKey(row))).map(({ documentId }) => documentId);
};
