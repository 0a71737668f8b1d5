import type { Location } from '../../ports';

export const isSameLocation = (a: Location, b: Location): boolean =>
  a.folderPath === b.folderPath && a.uidValidity === b.uidValidity && a.imapUid === b.imapUid;
