import type { Ports } from '../../ports';
import { createAttachmentRecords } from './attachments';
import { createAudit } from './audit';
import { createBackfillRecords } from './backfills';
import { createContactRecords } from './contacts';
import { guarded } from './database';
import type { Strapi } from './database';
import { createFolderRecords } from './folders';
import { createInboxRecords } from './inboxes';
import { createLeases } from './leases';
import { createLoggingRecords } from './logging';
import { createOutboxRecords } from './outbox';
import { createQuarantineRecords } from './quarantine';
import { createMessageRecords } from './record-pass';
import { createRequestRecords } from './requests';
import { createSuggestionRecords } from './suggestions';
import { createThreadUpkeep } from './thread-upkeep';
import { createThreadRecords } from './threads';

export type Records = Pick<
  Ports,
  | 'leases'
  | 'inboxes'
  | 'folders'
  | 'logging'
  | 'messages'
  | 'quarantine'
  | 'suggestions'
  | 'requests'
  | 'backfills'
  | 'upkeep'
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
  quarantine: guarded(createQuarantineRecords(strapi)),
  suggestions: guarded(createSuggestionRecords(strapi)),
  requests: guarded(createRequestRecords(strapi)),
  backfills: guarded(createBackfillRecords(strapi)),
  upkeep: guarded(createThreadUpkeep(strapi)),
  outbox: guarded(createOutboxRecords(strapi)),
  threads: guarded(createThreadRecords(strapi)),
  attachmentRecords: guarded(createAttachmentRecords(strapi)),
  contacts: guarded(createContactRecords(strapi)),
  audit: guarded(createAudit(strapi)),
});
