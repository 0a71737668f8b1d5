import type { Evidence } from '../../../domain/logging/verdict';
import type { Location, PassOutcome, SuggestionRecords } from '../../../ports';
import { findRows, insertRows, updateRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import { storableJson } from '../base/storable';
import { folderKey } from './folder-rows';
import { deleteAt, locationColumns, locationKey, rowsAt, toLocation } from './locations';
import type { LocationRow } from './locations';

interface SuggestionRow extends LocationRow {
  threadDocumentId: string;
  evidence: Evidence;
  suggestedAt: string;
}

export const createSuggestionRecords = (strapi: Strapi): SuggestionRecords => ({
  list: async (inboxDocumentId) => {
    const rows = await findRows<SuggestionRow>(strapi, uids.suggestion, {
      where: { inboxDocumentId, dismissedAt: null },
      orderBy: [{ suggestedAt: 'desc' }, { id: 'desc' }],
    });
    return rows.map((row) => ({
      location: toLocation(row),
      threadDocumentId: row.threadDocumentId,
      evidence: row.evidence,
      suggestedAt: new Date(Number(row.suggestedAt)).toISOString(),
    }));
  },

  dismiss: async (inboxDocumentId, { folderPath, uidValidity, imapUid }) => {
    const where = { inboxDocumentId, folderKey: folderKey(folderPath), uidValidity, imapUid };
    await updateRows(strapi, uids.suggestion, where, { dismissedAt: Date.now() });
  },
});

/** Asks once for each message: not again after a person dismissed it, and not for a recorded message. */
export const suggest = async (
  strapi: Strapi,
  inboxDocumentId: string,
  suggested: PassOutcome['suggested'],
  at: Date
): Promise<void> => {
  const wanted = new Map(suggested.map((one) => [locationKey(one.location), one]));
  const places = suggested.map(({ location }) => location);
  for (const uid of [uids.suggestion, uids.location]) {
    for (const key of (await rowsAt(strapi, uid, inboxDocumentId, places)).keys()) wanted.delete(key);
  }
  await insertRows(
    strapi,
    uids.suggestion,
    [...wanted.values()].map(({ location, threadDocumentId, evidence }) => ({
      ...locationColumns(inboxDocumentId, location),
      threadDocumentId,
      evidence: storableJson(evidence),
      suggestedAt: at.getTime(),
    }))
  );
};

/** These messages are recorded now. */
export const withdrawSuggestions = (
  strapi: Strapi,
  inboxDocumentId: string,
  locations: readonly Location[]
): Promise<void> => deleteAt(strapi, uids.suggestion, inboxDocumentId, locations);
