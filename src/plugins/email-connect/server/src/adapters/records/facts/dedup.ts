import type { Address } from '../../../domain/message/message';
import type { MessageToRecord } from '../../../ports';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { longHash } from '../base/hashes';
import { uids } from '../base/names';

/** The record under a key. */
export interface KnownMessage {
  documentId: string;
  fingerprint: string;
  bcc: readonly Address[];
}

/** The keys that matter for some messages: keys that are taken, and keys that must stay empty (S21). */
export interface KnownKeys {
  byKey: Map<string, KnownMessage>;
  tombstones: ReadonlySet<string>;
}

/** One query for records, one for tombstones, whatever the number of messages. */
export const loadKnownKeys = async (
  strapi: Strapi,
  messages: readonly MessageToRecord[]
): Promise<KnownKeys> => {
  const keys = messages.flatMap((message) => [sharedKey(message), ownKey(message)]);
  const rows = await findRowsIn<KnownMessage & { dedupKey: string }>(strapi, uids.message, 'dedupKey', keys, {
    select: ['documentId', 'dedupKey', 'fingerprint', 'bcc'],
  });
  const removed = await findRowsIn<{ dedupKey: string }>(strapi, uids.tombstone, 'dedupKey', keys);
  return {
    byKey: new Map(rows.map((row) => [row.dedupKey, row])),
    tombstones: new Set(removed.map((row) => row.dedupKey)),
  };
};

type Identified = Pick<MessageToRecord, 'dedupIdentity' | 'fingerprint'>;

/** The same for every copy of a message, in any mailbox. */
export const sharedKey = ({ dedupIdentity }: Pick<Identified, 'dedupIdentity'>): string =>
  longHash(dedupIdentity);

/** For a mail that came under the Message-ID of a different mail (c32). */
export const ownKey = (message: Identified): string => `${sharedKey(message)}:${fingerprintOf(message)}`;

/** Hashed: a fingerprint is made of header fields, of which no further copy is kept. */
export const fingerprintOf = ({ fingerprint }: Pick<Identified, 'fingerprint'>): string =>
  longHash(fingerprint);

export type KeyAssignment =
  { kind: 'new'; dedupKey: string } | { kind: 'known'; known: KnownMessage } | { kind: 'removed' };

/**
 * The key under which a message is recorded. The same Message-ID with another fingerprint is another mail and gets a
 * key of its own (c32): broken senders reuse ids, and dropping the second would lose it.
 */
export const assignKey = (message: MessageToRecord, { byKey, tombstones }: KnownKeys): KeyAssignment => {
  const shared = sharedKey(message);
  const own = ownKey(message);
  if (tombstones.has(shared) || tombstones.has(own)) return { kind: 'removed' };
  const first = byKey.get(shared);
  if (!first) return { kind: 'new', dedupKey: shared };
  const known = first.fingerprint === fingerprintOf(message) ? first : byKey.get(own);
  return known ? { kind: 'known', known } : { kind: 'new', dedupKey: own };
};
