import type { Ports } from '../../ports';
import { asOurs } from './base/as-ours';
import { asOurQueries } from './base/our-queries';
import { createLevelRecords } from './access/levels';
import { createAccessRecords } from './reading/access';
import { createAttachmentRecords } from './reading/attachments';
import { createAudit } from './audit';
import { createBackfillRecords } from './inboxes/backfills';
import { createContactRecords } from './people/contacts';
import type { Strapi } from './base/strapi';
import { createCopyRecords } from './mail/copies';
import { createFileRecords } from './mail/files';
import { createFolderRecords } from './inboxes/folders';
import { createInboxRecords } from './inboxes/inboxes';
import { createAdminPeople } from './people/admin-people';
import { createLeases } from './inboxes/leases';
import { createLeavingRecords } from './leaving/leaving';
import { createLoggingRecords } from './facts/logging';
import { createOutboxRecords } from './outbox/outbox';
import { createPruning } from './prune';
import { createQuarantineRecords } from './inboxes/quarantine';
import { createMessageRecords } from './recording/record-pass';
import { createRequestRecords } from './inboxes/requests';
import { createSuggestionRecords } from './inboxes/suggestions';
import { createSiteTokenRecords } from './schema/site-tokens';
import { createThreadUpkeep } from './mail/thread-upkeep';
import { createThreadRecords } from './reading/threads';

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
  | 'leaving'
  | 'pruning'
  | 'outbox'
  | 'threads'
  | 'access'
  | 'levels'
  | 'programQueries'
  | 'people'
  | 'attachmentRecords'
  | 'files'
  | 'copies'
  | 'contacts'
  | 'audit'
  | 'siteTokens'
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
    leaving: ours(createLeavingRecords(strapi)),
    pruning: ours(createPruning(strapi)),
    outbox: ours(createOutboxRecords(strapi)),
    threads: ours(createThreadRecords(strapi)),
    people: ours(createAdminPeople(strapi)),
    access: ours(createAccessRecords(strapi)),
    levels: ours(createLevelRecords(strapi)),
    programQueries: { unnarrowed: asOurQueries },
    attachmentRecords: ours(createAttachmentRecords(strapi)),
    files: ours(createFileRecords(strapi)),
    copies: ours(createCopyRecords(strapi)),
    contacts: ours(createContactRecords(strapi)),
    audit: ours(createAudit(strapi)),
    siteTokens: ours(createSiteTokenRecords(strapi)),
  };
};
