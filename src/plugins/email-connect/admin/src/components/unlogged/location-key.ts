import type { Location } from '../../../../shared/contracts/location';

/** One text for one place in a mailbox. */
export const locationKey = ({ folderPath, uidValidity, imapUid }: Location): string =>
  JSON.stringify([folderPath, uidValidity, imapUid]);
