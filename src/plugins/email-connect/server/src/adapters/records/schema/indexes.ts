export interface TableIndex {
  name: string;
  table: string;
  columns: string[];
  unique: boolean;
}

const unique = (table: string, name: string, ...columns: string[]): TableIndex => ({
  table,
  name,
  columns,
  unique: true,
});
const lookUp = (table: string, name: string, ...columns: string[]): TableIndex => ({
  table,
  name,
  columns,
  unique: false,
});

/**
 * These unique indexes guarantee "exactly once". We create them ourselves: Strapi's own `indexes` key is
 * experimental, and its next form ignores unique ones. Every column is short enough for the 3072 bytes that InnoDB
 * gives one index.
 */
export const tableIndexes: readonly TableIndex[] = [
  unique('email_connect_messages', 'ec_message_dedup_uq', 'dedup_key'),
  unique('email_connect_threads', 'ec_thread_document_uq', 'document_id'),
  unique(
    'email_connect_locations',
    'ec_location_uq',
    'inbox_document_id',
    'folder_key',
    'uid_validity',
    'imap_uid'
  ),
  unique('email_connect_ids', 'ec_id_uq', 'hash', 'kind', 'thread_document_id', 'message_document_id'),
  unique('email_connect_participants', 'ec_participant_uq', 'thread_document_id', 'address_hash'),
  unique('email_connect_addresses', 'ec_address_uq', 'address_hash', 'contact_type', 'contact_document_id'),
  unique('email_connect_message_addresses', 'ec_message_address_uq', 'message_id', 'address_hash'),
  unique(
    'email_connect_message_records',
    'ec_message_record_uq',
    'message_id',
    'contact_type',
    'contact_document_id'
  ),
  unique(
    'email_connect_contact_links',
    'ec_contact_link_uq',
    'thread_document_id',
    'contact_type',
    'contact_document_id'
  ),
  unique('email_connect_holdings', 'ec_holding_uq', 'message_id', 'inbox_document_id'),
  unique('email_connect_levels', 'ec_level_uq', 'thread_id', 'message_id', 'inbox_document_id'),
  unique(
    'email_connect_rule_matches',
    'ec_rule_match_uq',
    'message_id',
    'inbox_document_id',
    'rule_document_id'
  ),
  unique(
    'email_connect_access_requests',
    'ec_access_request_uq',
    'thread_id',
    'inbox_document_id',
    'user_document_id'
  ),
  unique('email_connect_inboxes', 'ec_inbox_address_uq', 'address_key'),
  unique('email_connect_leases', 'ec_lease_uq', 'inbox_document_id'),
  unique('email_connect_secrets', 'ec_secret_uq', 'inbox_document_id', 'kind'),
  unique('email_connect_named', 'ec_named_uq', 'named_document_id', 'kind', 'inbox_document_id'),
  unique('email_connect_oauth_states', 'ec_oauth_state_uq', 'state_hash'),
  unique('email_connect_folder_cursors', 'ec_folder_uq', 'inbox_document_id', 'folder_key'),
  unique(
    'email_connect_quarantine',
    'ec_quarantine_uq',
    'inbox_document_id',
    'folder_key',
    'uid_validity',
    'imap_uid'
  ),
  unique(
    'email_connect_suggestions',
    'ec_suggestion_uq',
    'inbox_document_id',
    'folder_key',
    'uid_validity',
    'imap_uid'
  ),
  unique('email_connect_backfills', 'ec_backfill_uq', 'inbox_document_id'),
  unique('email_connect_paused_contacts', 'ec_paused_contact_uq', 'contact_type', 'contact_document_id'),
  unique(
    'email_connect_deletion_choices',
    'ec_deletion_choice_uq',
    'contact_type',
    'contact_document_id',
    'chosen_by'
  ),
  unique('email_connect_presses', 'ec_press_uq', 'sender_document_id', 'key_hash'),
  unique('email_connect_tombstones', 'ec_tombstone_uq', 'dedup_key'),

  lookUp('email_connect_messages', 'ec_message_thread_ix', 'thread_id', 'received_at'),
  lookUp('email_connect_messages', 'ec_message_sending_ix', 'thread_id', 'delivery_status'),
  lookUp('email_connect_messages', 'ec_message_fingerprint_ix', 'fingerprint'),
  lookUp('email_connect_threads', 'ec_thread_newest_ix', 'last_message_at'),
  lookUp('email_connect_threads', 'ec_thread_continues_ix', 'continues_document_id'),
  lookUp('email_connect_attachments', 'ec_attachment_content_ix', 'sha_256'),
  lookUp('email_connect_attachments', 'ec_attachment_thread_ix', 'thread_id', 'received_at'),
  lookUp('email_connect_inboxes', 'ec_inbox_owner_ix', 'owner_document_id'),
  lookUp('email_connect_inboxes', 'ec_inbox_signalled_ix', 'signalled_at'),
  lookUp('email_connect_named', 'ec_named_inbox_ix', 'inbox_document_id'),
  lookUp('email_connect_news', 'ec_news_at_ix', 'at'),
  lookUp('email_connect_attachments', 'ec_attachment_retry_ix', 'retry_at'),
  lookUp('email_connect_locations', 'ec_location_message_ix', 'message_document_id'),
  lookUp('email_connect_locations', 'ec_location_compare_ix', 'inbox_document_id', 'compare_at'),
  lookUp('email_connect_ids', 'ec_id_thread_ix', 'thread_document_id'),
  lookUp('email_connect_participants', 'ec_participant_address_ix', 'address_hash'),
  lookUp('email_connect_addresses', 'ec_address_contact_ix', 'contact_type', 'contact_document_id'),
  lookUp(
    'email_connect_message_addresses',
    'ec_message_address_newest_ix',
    'address_hash',
    'received_at',
    'message_id',
    'thread_id'
  ),
  lookUp(
    'email_connect_message_addresses',
    'ec_message_address_in_thread_ix',
    'thread_id',
    'address_hash',
    'received_at',
    'message_id'
  ),
  lookUp(
    'email_connect_message_records',
    'ec_message_record_newest_ix',
    'contact_type',
    'contact_document_id',
    'received_at',
    'message_id',
    'thread_id'
  ),
  lookUp(
    'email_connect_message_records',
    'ec_message_record_in_thread_ix',
    'thread_id',
    'contact_type',
    'contact_document_id',
    'received_at',
    'message_id'
  ),
  lookUp('email_connect_holdings', 'ec_holding_thread_ix', 'thread_id', 'inbox_document_id'),
  lookUp('email_connect_levels', 'ec_level_ix', 'level'),
  lookUp('email_connect_rule_matches', 'ec_rule_match_thread_ix', 'thread_id'),
  lookUp('email_connect_access_requests', 'ec_access_request_inbox_ix', 'inbox_document_id', 'state'),
  lookUp('email_connect_quarantine', 'ec_quarantine_due_ix', 'inbox_document_id', 'folder_key', 'next_at'),
  lookUp('email_connect_suggestions', 'ec_suggestion_thread_ix', 'thread_document_id'),
  lookUp('email_connect_requests', 'ec_request_open_ix', 'inbox_document_id', 'outcome_code'),
  lookUp('email_connect_outbox', 'ec_outbox_due_ix', 'inbox_document_id', 'stage', 'next_attempt_at'),
  lookUp('email_connect_outbox', 'ec_outbox_message_ix', 'message_document_id'),
  lookUp('email_connect_audit', 'ec_audit_at_ix', 'at'),
];
