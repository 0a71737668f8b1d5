import { threadSummary } from '../../../shared/contracts/thread';
import { belongsTo, hasMany, hiddenOptions, privately, shortString, stored } from './attributes';

/** A conversation. The facts about its newest message that a list shows are kept here, so that a list reads no body. */
export const emailThread = {
  schema: {
    kind: 'collectionType',
    collectionName: 'email_connect_threads',
    info: { singularName: 'email-thread', pluralName: 'email-threads', displayName: 'Email thread' },
    options: { draftAndPublish: false },
    pluginOptions: hiddenOptions,
    attributes: {
      subject: { type: 'text' },
      baseSubject: { type: 'text', searchable: false },
      state: {
        type: 'enumeration',
        enum: stored(threadSummary.shape.state.options),
        default: 'open',
        required: true,
      },
      lastMessageAt: { type: 'datetime' },
      lastDirection: { type: 'enumeration', enum: stored(threadSummary.shape.lastDirection.options) },
      lastFrom: { type: 'text' },
      messageCount: { type: 'integer', default: 0 },
      attachmentCount: { type: 'integer', default: 0 },
      /** Opened for whoever may read what mails say, as in `controllers/words`. */
      preview: privately({ type: 'text', searchable: false }),
      threadToken: privately({ type: 'text', searchable: false }),
      /** Hex of 22 bytes (MS-OXOMSG 2.2.1.3). */
      threadIndexRoot: privately(shortString(64)),
      /** The thread from which this one split off when its subject changed. */
      continuesDocumentId: shortString(64),
      inbox: belongsTo('plugin::email-connect.inbox'),
      messages: hasMany('plugin::email-connect.email-message', 'thread'),
    },
  },
};
