import { attachment as attachmentContract } from '../../../shared/contracts/attachment';
import { belongsTo, hiddenOptions, privately, shortString, stored } from './attributes';

/** A file of a logged mail, or the placeholder of a file that is not stored. */
export const attachment = {
  schema: {
    kind: 'collectionType',
    collectionName: 'email_connect_attachments',
    info: { singularName: 'attachment', pluralName: 'attachments', displayName: 'Email attachment' },
    options: { draftAndPublish: false },
    pluginOptions: hiddenOptions,
    attributes: {
      fileName: { type: 'text' },
      contentType: { type: 'text', searchable: false },
      size: { type: 'integer' },
      sha256: shortString(64),
      disposition: {
        type: 'enumeration',
        enum: stored(attachmentContract.shape.disposition.options),
        required: true,
      },
      contentId: { type: 'text', searchable: false },
      state: { type: 'enumeration', enum: stored(attachmentContract.shape.state.options), required: true },
      storageKey: privately({ type: 'text', searchable: false }),
      /**
       * For a file that could not be stored: when it is fetched again, in ms by the database's clock; null: not
       * automatically.
       */
      retryAt: privately({ type: 'biginteger' }),
      retries: privately({ type: 'integer', default: 0 }),
      /** The message's time, so that a contact's files are listed newest first from one index. */
      receivedAt: { type: 'datetime' },
      message: belongsTo('plugin::email-connect.email-message', 'attachments'),
      thread: belongsTo('plugin::email-connect.email-thread'),
    },
  },
};
