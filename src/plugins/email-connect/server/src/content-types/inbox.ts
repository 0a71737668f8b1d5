import { inboxState } from '../../../shared/contracts/inbox';
import { loggingPolicy } from '../../../shared/contracts/policy';
import { levels } from '../domain/access/level';
import { hiddenOptions, privately, shortString, stored } from './attributes';

/** A connected email account as people may see it. Its passwords are in an internal table, sealed. */
export const inbox = {
  schema: {
    kind: 'collectionType',
    collectionName: 'email_connect_inboxes',
    info: { singularName: 'inbox', pluralName: 'inboxes', displayName: 'Inbox' },
    options: { draftAndPublish: false },
    pluginOptions: hiddenOptions,
    attributes: {
      label: { type: 'text' },
      address: { type: 'text' },
      /** Hash of the normalised address, by which inboxes are found. */
      addressKey: privately(shortString(32)),
      senderName: { type: 'text' },
      /** null, from an earlier version: true */
      isTeamAddress: privately({ type: 'boolean' }),
      ownerDocumentId: privately(shortString(64)),
      provider: privately(shortString(40)),
      /** Servers, logins, where copies of sent mail go, the log address. */
      settings: privately({ type: 'json', searchable: false }),
      state: {
        type: 'enumeration',
        enum: stored(inboxState.options),
        required: true,
      },
      policy: privately({ type: 'enumeration', enum: stored(loggingPolicy.options), default: 'replies' }),
      /** How much others are told of its mail; null is full. */
      level: privately({ type: 'enumeration', enum: [...levels], default: 'full' }),
      stateCode: { type: 'string', searchable: false },
      /** May hold the mail server's own words. */
      stateReason: privately({ type: 'text', searchable: false }),
      consecutiveFailures: { type: 'integer', default: 0 },
      /** The last time in which it could not be read, and how much mail had arrived in it. */
      lastGap: { type: 'json', searchable: false },
      consent: privately({ type: 'json', searchable: false }),
      connectedAt: { type: 'datetime' },
      lastPassAt: { type: 'datetime' },
      nextPassAt: { type: 'datetime' },
      /** Grows with every change that a person makes: a loop compares it with the version that it has loaded. */
      version: privately({ type: 'integer', default: 0 }),
      /** Grows each time a person asks for a check. */
      asked: privately({ type: 'integer', default: 0 }),
      /**
       * When `version` or `asked` last grew, by the database's clock, in ms: other processes look for changes by it.
       */
      signalledAt: privately({ type: 'biginteger' }),
    },
  },
};
