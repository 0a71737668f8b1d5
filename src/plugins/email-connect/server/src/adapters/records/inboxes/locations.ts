import type { ImapUid } from '../../../domain/message/message';
import type { Location } from '../../../ports';
import { deleteFound, findRowsIn, insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import { storable } from '../base/storable';
import { folderKey } from './folder-rows';

export interface LocationRow {
  folderKey: string;
  folderPath: string;
  uidValidity: string;
  imapUid: string;
}

/** Records where messages were seen; known locations stay as they are. */
export const addLocations = async (
  strapi: Strapi,
  inboxDocumentId: string,
  sightings: readonly { messageDocumentId: string; location: Location }[]
): Promise<void> => {
  const wanted = new Map(sightings.map((sighting) => [locationKey(sighting.location), sighting]));
  const places = sightings.map(({ location }) => location);
  const known = await rowsAt<LocationRow>(strapi, uids.location, inboxDocumentId, places);
  for (const key of known.keys()) wanted.delete(key);
  await insertRows(
    strapi,
    uids.location,
    [...wanted.values()].map(({ messageDocumentId, location }) => ({
      messageDocumentId,
      ...locationColumns(inboxDocumentId, location),
    }))
  );
};

export const locationColumns = (inboxDocumentId: string, { folderPath, uidValidity, imapUid }: Location) => ({
  inboxDocumentId,
  folderKey: folderKey(folderPath),
  folderPath: storable(folderPath),
  uidValidity,
  imapUid,
});

/** The rows of a table that has one for each location, by their keys. */
export const rowsAt = async <Found extends LocationRow>(
  strapi: Strapi,
  uid: string,
  inboxDocumentId: string,
  locations: readonly Location[]
): Promise<Map<string, Found>> => {
  const wanted = new Set(locations.map(locationKey));
  const folderKeys = [...new Set(locations.map(({ folderPath }) => folderKey(folderPath)))];
  const imapUids = locations.map(({ imapUid }) => imapUid);
  const rows = await findRowsIn<Found>(strapi, uid, 'imapUid', imapUids, {
    where: { inboxDocumentId, folderKey: { $in: folderKeys } },
  });
  return new Map(rows.map((row) => [rowKey(row), row] as const).filter(([key]) => wanted.has(key)));
};

/** Deletes the rows of such a table at these locations. */
export const deleteAt = async (
  strapi: Strapi,
  uid: string,
  inboxDocumentId: string,
  locations: readonly Location[]
): Promise<void> => {
  const found = await rowsAt<LocationRow & { id: number }>(strapi, uid, inboxDocumentId, locations);
  await deleteFound(strapi, uid, [...found.values()]);
};

export const toLocation = ({ folderPath, uidValidity, imapUid }: LocationRow): Location => ({
  folderPath,
  uidValidity,
  imapUid: Number(imapUid) as ImapUid,
});

export const locationKey = ({ folderPath, uidValidity, imapUid }: Location): string =>
  `${folderKey(folderPath)} ${uidValidity} ${imapUid}`;

const rowKey = ({ folderKey: key, uidValidity, imapUid }: LocationRow): string =>
  `${key} ${uidValidity} ${imapUid}`;
