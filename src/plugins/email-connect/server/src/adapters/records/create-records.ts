import type { Ports } from '../../ports';
import { asOurs } from './as-ours';
import { createAttachmentRecords } from './attachments';
import { createAudit } from './audit';
import { createBackfillRecords } from './backfills';
import { createContactRecords } from './contacts';
import type { Strapi } from './database';
import { createFileRecords } from './files';
import { createFolderRecords } from './folders';
import { createInboxRecords } from './inboxes';
import { createLeases } from './leases';
import { createLoggingRecords } from './logging';
import { createOutboxRecords } from './outbox';
import { createPruning } from './prune';
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
  | 'pruning'
  | 'outbox'
  | 'threads'
  | 'attachmentRecords'
  | 'files'
  | 'contacts'
  | 'audit'
>;

/** Everything that is kept in Strapi's own database. */
export const createRecords = (strapi: Strapi): Records => {
  const ours = <Noun extends object>(noun: Noun): Noun => asOurs(strapi, noun);
  return {
    leases: ours(createLeases(strapi)),
    inboxes: ours(createInboxRecords(strapi)),
    folders: ours(createFolderRecords(strapi)),
    logging: ours(createLoggingRecords(strapi)),
    messages: ours(createMessageRecords(strapi)),
    quarantine: ours(createQuarantineRecords(strapi)),
    suggestions: ours(createSuggestionRecords(strapi)),
    requests: ours(createRequestRecords(strapi)),
    backfills: ours(createBackfillRecords(strapi)),
    upkeep: ours(createThreadUpkeep(strapi)),
    pruning: ours(createPruning(strapi)),
    outbox: ours(createOutboxRecords(strapi)),
    threads: ours(createThreadRecords(strapi)),
    attachmentRecords: ours(createAttachmentRecords(strapi)),
    files: ours(createFileRecords(strapi)),
    contacts: ours(createContactRecords(strapi)),
    audit: ours(createAudit(strapi)),
  };
};
