import type { CameAs } from '../../../domain/access/standing';
import { findRowsIn, insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { ParticipantRow } from '../base/rows';
import { storable } from '../base/storable';
import { addressHash } from './address-hash';

/** An address in a thread, and how it came into it. */
export interface Participation {
  threadDocumentId: string;
  address: string;
  cameAs: CameAs;
}

/** Records who took part, each once: how somebody came into a thread is not changed by what they do later. */
export const addParticipants = async (
  strapi: Strapi,
  participations: readonly Participation[]
): Promise<void> => {
  const wanted = new Map<string, ParticipantRow>();
  for (const participation of participations) {
    const row = toParticipant(participation);
    if (!wanted.has(participantKey(row))) wanted.set(participantKey(row), row);
  }
  const threads = participations.map(({ threadDocumentId }) => threadDocumentId);
  const known = await findRowsIn<ParticipantRow>(strapi, uids.participant, 'threadDocumentId', threads);
  for (const row of known) wanted.delete(participantKey(row));
  await insertRows(
    strapi,
    uids.participant,
    [...wanted.values()].map((row) => ({ ...row }))
  );
};

const toParticipant = ({ threadDocumentId, address, cameAs }: Participation): ParticipantRow => ({
  threadDocumentId,
  addressHash: addressHash(address),
  address: storable(address),
  cameAs,
});

const participantKey = ({ threadDocumentId, addressHash: hash }: ParticipantRow): string =>
  `${threadDocumentId} ${hash}`;
