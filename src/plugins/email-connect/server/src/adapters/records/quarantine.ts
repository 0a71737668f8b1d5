import type { Location, PassOutcome } from '../../ports';
import { findRowsIn, insertRows } from './database';
import type { Strapi } from './database';
import { folderKeysOf, locationColumns, locationKey, rowKey } from './locations';
import { uids } from './names';
import { storable, storableJson } from './storable';

interface QuarantineRow {
  id: number;
  folderKey: string;
  uidValidity: string;
  imapUid: string;
  attempts: number;
  firstAt: string;
}

/** Keeps what could not be read, each message once, with what went wrong last. */
export const quarantine = async (
  strapi: Strapi,
  inboxDocumentId: string,
  entries: PassOutcome['quarantined'],
  at: Date
): Promise<void> => {
  const known = await loadQuarantined(
    strapi,
    inboxDocumentId,
    entries.map(({ location }) => location)
  );
  await removeRows(strapi, [...known.values()]);
  await insertRows(
    strapi,
    uids.quarantine,
    [...new Map(entries.map((entry) => [locationKey(entry.location), entry])).values()].map((entry) => {
      const earlier = known.get(locationKey(entry.location));
      return {
        ...locationColumns(inboxDocumentId, entry.location),
        code: entry.code,
        detail: storable(entry.detail),
        evidence: storableJson(entry.evidence),
        attempts: (earlier?.attempts ?? 0) + 1,
        firstAt: earlier ? Number(earlier.firstAt) : at.getTime(),
        lastAt: at.getTime(),
      };
    })
  );
};

/** These were read after all. */
export const liftQuarantine = async (
  strapi: Strapi,
  inboxDocumentId: string,
  locations: readonly Location[]
): Promise<void> =>
  removeRows(strapi, [...(await loadQuarantined(strapi, inboxDocumentId, locations)).values()]);

const loadQuarantined = async (
  strapi: Strapi,
  inboxDocumentId: string,
  locations: readonly Location[]
): Promise<Map<string, QuarantineRow>> => {
  const wanted = new Set(locations.map(locationKey));
  const imapUids = locations.map(({ imapUid }) => imapUid);
  const rows = await findRowsIn<QuarantineRow>(strapi, uids.quarantine, 'imapUid', imapUids, {
    where: { inboxDocumentId, folderKey: { $in: folderKeysOf(locations) } },
  });
  return new Map(rows.map((row) => [rowKey(row), row] as const).filter(([key]) => wanted.has(key)));
};

const removeRows = async (strapi: Strapi, rows: readonly QuarantineRow[]): Promise<void> => {
  if (rows.length > 0)
    await strapi.db.query(uids.quarantine).deleteMany({ where: { id: { $in: rows.map(({ id }) => id) } } });
};
