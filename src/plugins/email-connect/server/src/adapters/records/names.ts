/** What the records are stored in, by uid: content types first, then internal tables. */
export const uids = {
  contact: 'plugin::email-connect.contact',
  thread: 'plugin::email-connect.email-thread',
  message: 'plugin::email-connect.email-message',
  attachment: 'plugin::email-connect.attachment',
  inbox: 'plugin::email-connect.inbox',
  loggingRule: 'plugin::email-connect.logging-rule',
  emailTemplate: 'plugin::email-connect.email-template',
  secret: 'email-connect::secret',
  oauthState: 'email-connect::oauth-state',
  folderCursor: 'email-connect::folder-cursor',
  lease: 'email-connect::lease',
  backfill: 'email-connect::backfill',
  request: 'email-connect::request',
  location: 'email-connect::location',
  idIndex: 'email-connect::id-index',
  participant: 'email-connect::participant',
  addressIndex: 'email-connect::address-index',
  contactLink: 'email-connect::contact-link',
  outbox: 'email-connect::outbox',
  quarantine: 'email-connect::quarantine',
  suggestion: 'email-connect::suggestion',
  pausedContact: 'email-connect::paused-contact',
  tombstone: 'email-connect::tombstone',
  audit: 'email-connect::audit',
} as const;

/** Tables that are written with expressions of our own. */
export const tables = {
  thread: 'email_connect_threads',
  attachment: 'email_connect_attachments',
  lease: 'email_connect_leases',
  folderCursor: 'email_connect_folder_cursors',
  participant: 'email_connect_participants',
  quarantine: 'email_connect_quarantine',
  contactLink: 'email_connect_contact_links',
  outbox: 'email_connect_outbox',
} as const;
