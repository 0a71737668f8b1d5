import type { FetchOptions, ImapFlow } from 'imapflow';
import type { ImapUid } from '../../domain/message/message';
import type { ServerAccess } from '../../ports';
import { classifyImapError, refused } from './classify-imap-error';
import { HIGHEST_UID, isUid } from './expand-uids';
import { refusalOf, withTaggedAnswer } from './tagged-answer';

const ATTEMPTS = 3;

type UidsBySequence = ReadonlyMap<number, ImapUid>;

/**
 * The UIDs among `from..to` that exist, ascending, from a server that cannot search. Sequence numbers ascend with the
 * UIDs and without a gap (RFC 9051 2.3.1.2): a missing row shows as a gap, and the neighbours on either side show
 * that nothing is missing at the ends. Rejects with FOLDER_UNREADABLE when the gap stays.
 */
export const listBySequence = async (
  client: ImapFlow,
  access: ServerAccess,
  from: number,
  to: number
): Promise<ImapUid[]> => {
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const uids = await listOnce(client, from, to);
      if (uids) return uids;
    }
  } catch (error) {
    throw classifyImapError(error, access);
  }
  throw refused('FOLDER_UNREADABLE', access, 'The server lists fewer messages than it counts.');
};

/** null for a list with a gap. */
const listOnce = async (client: ImapFlow, from: number, to: number): Promise<ImapUid[] | null> => {
  // RFC 9051 6.3.2 requires EXISTS; imapflow has undefined where a server left it out.
  const exists: number | undefined = client.mailbox ? client.mailbox.exists : 0;
  if (exists === undefined) {
    const rows = await fetchUids(client, '1:*', { uid: true });
    return isUnbroken(rows, 1, rows.size) ? within(from, to, rows) : null;
  }
  if (exists === 0) return [];
  const before = from <= 1 ? 0 : await lastBelow(client, from, exists);
  const after = to >= HIGHEST_UID ? exists : await lastBelow(client, to + 1, exists);
  if (before === null || after === null) return null;
  const [first, last] = [Math.max(1, before), Math.min(exists, after + 1)];
  const rows = await fetchUids(client, `${first}:${last}`);
  const isWhole =
    isUnbroken(rows, first, last) &&
    (before === 0 || uidAt(rows, first) < from) &&
    (after === exists || uidAt(rows, last) > to);
  return isWhole ? within(from, to, rows) : null;
};

const uidAt = (rows: UidsBySequence, sequence: number): number => rows.get(sequence) ?? 0;

const isUnbroken = (rows: UidsBySequence, first: number, last: number): boolean => {
  for (let sequence = first; sequence <= last; sequence++) if (!rows.has(sequence)) return false;
  return true;
};

const within = (from: number, to: number, rows: UidsBySequence): ImapUid[] =>
  [...new Set(rows.values())].filter((uid) => uid >= from && uid <= to).sort((a, b) => a - b);

/**
 * The sequence number of the last message whose UID is below this one, 0 for none; null when the server does not
 * answer. Searches in growing steps from the top, where new mail is, then by halving.
 */
const lastBelow = async (client: ImapFlow, uid: number, exists: number): Promise<number | null> => {
  let [below, above] = [0, exists + 1];
  for (let step = 1; above - below > 1; step *= 2) {
    const probe = Math.max(above - step, Math.ceil((below + above) / 2));
    const found = (await fetchUids(client, `${probe}`)).get(probe);
    if (found === undefined) return null;
    if (found < uid) below = probe;
    else above = probe;
  }
  return below;
};

/** One UID a row. null instead of an incomplete list. */
const fetchUids = async (
  client: ImapFlow,
  range: string,
  options: FetchOptions = {}
): Promise<UidsBySequence> => {
  const uids = new Map<number, ImapUid>();
  const { answer } = await withTaggedAnswer(client, async () => {
    for await (const { seq, uid } of client.fetch(range, { uid: true }, options))
      if (isUid(uid)) uids.set(seq, uid);
  });
  // imapflow treats some refusals as success.
  if (answer.status !== 'OK') throw refusalOf(answer);
  return uids;
};
