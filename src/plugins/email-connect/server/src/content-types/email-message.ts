import { messageSummary } from '../../../shared/contracts/message';
import { parsedForms } from '../domain/message/message';
import { belongsTo, hasMany, hiddenOptions, privately, shortString, stored } from './attributes';

const { shape } = messageSummary;

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
      /** Opened for whoever may read what mails say, as in `controllers/words`. */
      text: privately({ type: 'text', searchable: false }),
      html: privately({ type: 'text', searchable: false }),
      direction: { type: 'enumeration', enum: stored(shape.direction.options), required: true },
      origin: {
        type: 'enumeration',
        enum: stored(shape.origin.unwrap().options),
        required: true,
      },
      notice: { type: 'enumeration', enum: stored(shape.notice.unwrap().options) },
      deliveryStatus: {
        type: 'enumeration',
        enum: stored(shape.deliveryStatus.unwrap().options),
      },
      failureCode: { type: 'string', searchable: false },
      failureMessage: { type: 'text', searchable: false },
      /** The message that a notice is about. */
      answersDocumentId: { type: 'text', searchable: false },
      /** When a receipt said that the message was read. */
      readAt: { type: 'datetime' },
      isJunk: { type: 'boolean', default: false },
      /** Special properties of its form: signed, encrypted, repaired. */
      marks: { type: 'json', searchable: false },
      sentAt: { type: 'datetime' },
      receivedAt: { type: 'datetime' },
      size: { type: 'integer' },
      evidence: { type: 'json', searchable: false },
      parsedAs: { type: 'enumeration', enum: stored(parsedForms) },
      dedupKey: privately(shortString(130)),
      fingerprint: privately(shortString(64)),
      thread: belongsTo('plugin::email-connect.email-thread', 'messages'),
      inbox: belongsTo('plugin::email-connect.inbox'),
      attachments: hasMany('plugin::email-connect.attachment', 'message'),
    },
  },
};
