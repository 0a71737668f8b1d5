import { normalizeAddress } from '../../../domain/address/address';
import { isOfTeam } from '../../../domain/logging/outsiders';
import type { KnownRecord, LoggingFacts, Team } from '../../../domain/logging/verdict';
import { dedupIdentity, fingerprint } from '../../../domain/message/dedup-identity';
import type { Address, Candidate } from '../../../domain/message/message';
import { findRow, findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { longHash } from '../base/hashes';
import { uids } from '../base/names';
import type { MessageRow } from '../base/rows';
import { ownKey, sharedKey } from './dedup';

type KnownMessages = Pick<LoggingFacts, 'removed' | 'recorded' | 'sent'>;

/** Which of these messages were removed, or are recorded although no id shows it. */
export const loadKnownMessages = async (
  strapi: Strapi,
  candidates: readonly Candidate[],
  team: Team
): Promise<KnownMessages> => ({
  removed: await loadRemoved(strapi, candidates),
  recorded: await loadRecorded(strapi, candidates),
  sent: await loadSent(strapi, candidates, team),
});

const identityOf = ({ headers, size }: Candidate): string => dedupIdentity(headers, size);

/**
 * By their identities, and by their ids before a server replaced them. Where different mails have one id (c32), all
 * of them must have been removed: a mail that was not removed must not be lost, and is checked again when it is
 * written.
 */
const loadRemoved = async (strapi: Strapi, candidates: readonly Candidate[]): Promise<Set<string>> => {
  // Mostly nothing was ever removed; then no message needs to be hashed.
  if (!(await findRow(strapi, uids.tombstone, { select: ['id'] }))) return new Set();
  const keysOf = (candidate: Candidate): string[] => {
    const identified = { dedupIdentity: identityOf(candidate), fingerprint: fingerprint(candidate.headers) };
    return [sharedKey(identified), ownKey(identified)];
  };
  const originals = candidates.flatMap(({ headers }) => headers.originalMessageIds);
  const rows = await findRowsIn<{ dedupKey: string }>(
    strapi,
    uids.tombstone,
    'dedupKey',
    [...candidates.flatMap(keysOf), ...originals.map(longHash)],
    { select: ['dedupKey'] }
  );
  if (rows.length === 0) return new Set();
  const keys = new Set(rows.map(({ dedupKey }) => dedupKey));
  const removed = new Set<string>(originals.filter((id) => keys.has(longHash(id))));
  const isRemoved = (candidate: Candidate): boolean => keysOf(candidate).some((key) => keys.has(key));
  for (const candidate of candidates.filter(isRemoved)) removed.add(identityOf(candidate));
  for (const candidate of candidates) if (!isRemoved(candidate)) removed.delete(identityOf(candidate));
  return removed;
};

interface Recorded {
  documentId: string;
  dedupKey: string;
  thread: { documentId: string } | null;
  inbox: { documentId: string } | null;
}

const ITS_PLACE = { thread: { select: ['documentId'] }, inbox: { select: ['documentId'] } };

/** Messages without a Message-ID of their own (c31). */
const loadRecorded = async (
  strapi: Strapi,
  candidates: readonly Candidate[]
): Promise<Map<string, KnownRecord>> => {
  const identities = candidates
    .map((candidate) => ({ identity: identityOf(candidate), id: candidate.headers.messageId }))
    .filter(({ identity, id }) => identity !== id);
  const identityOfKey = new Map(identities.map(({ identity }) => [longHash(identity), identity]));
  const rows = await findRowsIn<Recorded>(strapi, uids.message, 'dedupKey', [...identityOfKey.keys()], {
    select: ['documentId', 'dedupKey'],
    populate: ITS_PLACE,
  });
  return new Map(rows.flatMap((row) => toRecord(row, identityOfKey.get(row.dedupKey))));
};

const toRecord = (
  { documentId, thread, inbox }: Pick<Recorded, 'documentId' | 'thread' | 'inbox'>,
  key: string | undefined
): [string, KnownRecord][] => {
  if (!thread || key === undefined) return [];
  const inboxDocumentId = inbox?.documentId ?? null;
  return [[key, { messageDocumentId: documentId, threadDocumentId: thread.documentId, inboxDocumentId }]];
};

type SentRow = Pick<MessageRow, 'documentId' | 'fingerprint' | 'to' | 'cc'> &
  Pick<Recorded, 'thread' | 'inbox'>;

/**
 * Sent mail that may have got another Message-ID on its way (c37). Of several with one date and subject, the one with
 * these recipients.
 */
const loadSent = async (
  strapi: Strapi,
  candidates: readonly Candidate[],
  team: Team
): Promise<Map<string, KnownRecord>> => {
  const copies = new Map<string, { print: string; candidates: Candidate[] }>();
  for (const candidate of candidates) {
    if (!candidate.headers.from.some(({ address }) => isOfTeam(normalizeAddress(address), team))) continue;
    const print = fingerprint(candidate.headers);
    const alike = copies.get(longHash(print))?.candidates ?? [];
    copies.set(longHash(print), { print, candidates: [...alike, candidate] });
  }
  const rows = await findRowsIn<SentRow>(strapi, uids.message, 'fingerprint', [...copies.keys()], {
    select: ['documentId', 'fingerprint', 'to', 'cc'],
    where: { origin: 'crm' },
    populate: ITS_PLACE,
  });
  return new Map(
    [...copies].flatMap(([hash, copy]) => {
      const alike = rows.filter((row) => row.fingerprint === hash);
      const isFor = (row: SentRow): boolean =>
        copy.candidates.every(({ headers }) => recipientsOf(headers) === recipientsOf(row));
      const [only, ...others] = alike.length > 1 ? alike.filter(isFor) : alike;
      return only && others.length === 0 ? toRecord(only, copy.print) : [];
    })
  );
};

const recipientsOf = ({ to, cc }: { to: readonly Address[]; cc: readonly Address[] }): string =>
  [...new Set([...to, ...cc].map(({ address }) => normalizeAddress(address)))].sort().join(' ');
