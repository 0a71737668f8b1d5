import type { MessageLocation } from '../../../../shared/contracts/location';

/** One text for one location in a mailbox. */
export const locationKey = ({ folderPath, uidValidity, imapUid }: MessageLocation): string =>
  JSON.stringify([folderPath, uidValidity, imapUid]);
