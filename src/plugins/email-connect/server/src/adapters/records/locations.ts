import type { Location } from '../../ports';
import { findRowsIn, insertRows } from './database';
import type { Strapi } from './database';
import { folderKey } from './folders';
import { uids } from './names';
import { storable } from './storable';

interface LocationRow {
  folderKey: string;
  uidValidity: string;
  imapUid: string;
}

/** Notes where messages were seen; what is noted already stays as it is. */
export const addLocations = async (
  strapi: Strapi,
  inboxDocumentId: string,
  sightings: readonly { messageDocumentId: string; location: Location }[]
): Promise<void> => {
  const wanted = new Map(sightings.map((sighting) => [locationKey(sighting.location), sighting]));
  const imapUids = sightings.map(({ location }) => location.imapUid);
  const known = await findRowsIn<LocationRow>(strapi, uids.location, 'imapUid', imapUids, {
    where: { inboxDocumentId, folderKey: { $in: folderKeysOf(sightings.map(({ location }) => location)) } },
  });
  for (const row of known) wanted.delete(rowKey(row));
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

export const folderKeysOf = (locations: readonly Location[]): string[] => [
  ...new Set(locations.map(({ folderPath }) => folderKey(folderPath))),
];

export const locationKey = ({ folderPath, uidValidity, imapUid }: Location): string =>
  `${folderKey(folderPath)} ${uidValidity} ${imapUid}`;

export const rowKey = ({ folderKey: key, uidValidity, imapUid }: LocationRow): string =>
  `${key} ${uidValidity} ${imapUid}`;
