import type { Ports } from '../../ports';
import { createAttachmentRecords } from './attachments';
import { createAudit } from './audit';
import { createContactRecords } from './contacts';
import { guarded } from './database';
import type { Strapi } from './database';
import { createFolderRecords } from './folders';
import { createInboxRecords } from './inboxes';
import { createLeases } from './leases';
import { createLoggingRecords } from './logging';
import { createOutboxRecords } from './outbox';
import { createMessageRecords } from './record-pass';
import { createThreadRecords } from './threads';

export type Records = Pick<
  Ports,
  | 'leases'
  | 'inboxes'
  | 'folders'
  | 'logging'
  | 'messages'
  | 'outbox'
  | 'threads'
  | 'attachmentRecords'
  | 'contacts'
  | 'audit'
>;

/** Everything that is kept in Strapi's own database. */
export const createRecords = (strapi: Strapi): Records => ({
  leases: guarded(createLeases(strapi)),
  inboxes: guarded(createInboxRecords(strapi)),
  folders: guarded(createFolderRecords(strapi)),
  logging: guarded(createLoggingRecords(strapi)),
  messages: guarded(createMessageRecords(strapi)),
  outbox: guarded(createOutboxRecords(strapi)),
  threads: guarded(createThreadRecords(strapi)),
  attachmentRecords: guarded(createAttachmentRecords(strapi)),
  contacts: guarded(createContactRecords(strapi)),
  audit: guarded(createAudit(strapi)),
});
