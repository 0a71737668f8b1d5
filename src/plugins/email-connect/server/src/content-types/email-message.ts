import { belongsTo, hasMany, hiddenOptions, privately, shortString } from './attributes';

/** A logged mail: one record for the whole site, however many mailboxes and folders it was seen in. */
export const emailMessage = {
  schema: {
    kind: 'collectionType',
    collectionName: 'email_connect_messages',
    info: { singularName: 'email-message', pluralName: 'email-messages', displayName: 'Email message' },
    options: { draftAndPublish: false },
    pluginOptions: hiddenOptions,
    attributes: {
      /** The Message-ID without brackets; an id may be 998 characters long (RFC 5322 2.1.1). */
      messageId: { type: 'text', searchable: false },
      inReplyTo: { type: 'json', searchable: false },
      references: { type: 'json', searchable: false },
      subject: { type: 'text' },
      fromAddress: { type: 'text' },
      fromName: { type: 'text' },
      to: { type: 'json' },
      cc: { type: 'json' },
      bcc: privately({ type: 'json', searchable: false }),
      text: { type: 'text', searchable: false },
      html: { type: 'text', searchable: false },
      direction: { type: 'enumeration', enum: ['incoming', 'outgoing'], required: true },
      origin: {
        type: 'enumeration',
        enum: ['crm', 'reply', 'log_address', 'sent_folder', 'backfill', 'by_hand'],
        required: true,
      },
      notice: { type: 'enumeration', enum: ['auto_reply', 'bounce', 'delay', 'receipt', 'complaint'] },
      deliveryStatus: {
        type: 'enumeration',
        enum: ['held', 'queued', 'sent', 'failed', 'unknown', 'asked', 'cancelled', 'delayed', 'bounced'],
      },
      failureCode: { type: 'string', searchable: false },
      failureMessage: { type: 'text', searchable: false },
      /** The message that a notice is about. */
      answersDocumentId: { type: 'text', searchable: false },
      /** When its reader's mail program said that it was read. */
      readAt: { type: 'datetime' },
      isJunk: { type: 'boolean', default: false },
      /** What is particular about its form: signed, encrypted, repaired. */
      marks: { type: 'json', searchable: false },
      sentAt: { type: 'datetime' },
      receivedAt: { type: 'datetime' },
      size: { type: 'integer' },
      evidence: { type: 'json', searchable: false },
      parsedAs: { type: 'enumeration', enum: ['mime', 'raw'] },
      dedupKey: privately(shortString(130)),
      fingerprint: privately(shortString(64)),
      thread: belongsTo('plugin::email-connect.email-thread', 'messages'),
      inbox: belongsTo('plugin::email-connect.inbox'),
      attachments: hasMany('plugin::email-connect.attachment', 'message'),
    },
  },
};
