import { adminAccess } from './admin-access';
import { adminAttachment } from './admin-attachment';
import { adminBackfill } from './admin-backfill';
import { adminInbox } from './admin-inbox';
import { adminLeaving } from './admin-leaving';
import { adminMessage } from './admin-message';
import { adminOwnership } from './admin-ownership';
import { adminThread } from './admin-thread';
import { adminUnlogged } from './admin-unlogged';
import { adminUpkeep } from './admin-upkeep';
import { attachmentFile, overrideAttachmentFile } from './attachment-file';
import { contentRecords } from './content-records';
import { recordThread } from './record-thread';
import { reportFailures } from './report-failures';

/**
 * The content API's controllers carry the singular names of their content types: Strapi's populate requires the scope
 * `plugin::email-connect.<content type>.find`, which exists only under that name.
 */
export const controllers = {
  'admin-inbox': reportFailures(adminInbox),
  'admin-access': reportFailures(adminAccess),
  'admin-thread': reportFailures(adminThread),
  'admin-leaving': reportFailures(adminLeaving),
  'admin-message': reportFailures(adminMessage),
  'admin-attachment': reportFailures(adminAttachment),
  'admin-backfill': reportFailures(adminBackfill),
  'admin-ownership': reportFailures(adminOwnership),
  'admin-unlogged': reportFailures(adminUnlogged),
  'admin-upkeep': reportFailures(adminUpkeep),
  'attachment-file': reportFailures(attachmentFile),
  'override-attachment-file': reportFailures(overrideAttachmentFile),
  'override-message': contentRecords('plugin::email-connect.email-message'),
  'record-thread': reportFailures(recordThread),
  contact: contentRecords('plugin::email-connect.contact'),
  'email-thread': contentRecords('plugin::email-connect.email-thread'),
  'email-message': contentRecords('plugin::email-connect.email-message'),
  attachment: contentRecords('plugin::email-connect.attachment'),
  inbox: contentRecords('plugin::email-connect.inbox'),
};
