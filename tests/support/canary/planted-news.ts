import type { Core } from '@strapi/strapi';
import { addressHash } from '../../../src/plugins/email-connect/server/src/adapters/records/people/address-hash';
import { standsOn } from './oracle';
import { adminNames } from './people';
import type { UserOf } from './rows';
import { messagesOf, threadOf } from './world';
import type { World } from './world';

/** How many inboxes `plantNews` makes. */
export const BELLS = adminNames.length;

/**
 * News of every message, and of an inbox of its own for each admin user: whoever has no news waits for them, and with these
 * nobody has none.
 */
export const plantNews = async (
  strapi: Core.Strapi,
  worlds: readonly World[],
  userOf: UserOf
): Promise<void> => {
  const bells = adminNames.map((name, place) => ({
    id: place + 1,
    documentId: `bell${name}`.padEnd(24, 'x'),
    address: `${name.toLowerCase()}@bell.test`,
    addressKey: addressHash(`${name.toLowerCase()}@bell.test`),
    ownerDocumentId: userOf(name).documentId,
    label: 'Bell',
    senderName: '',
    provider: 'custom',
    settings: { imap: {}, smtp: {}, sentCopy: 'none', sentFolderPath: null },
    state: 'paused',
    stateCode: '',
    stateReason: '',
    publishedAt: new Date(),
    version: 1,
  }));
  await strapi.db.query('plugin::email-connect.inbox').createMany({ data: bells });
  const news = [
    ...worlds.flatMap(newsOf),
    ...bells.map(({ documentId: inboxDocumentId }) => ({
      kind: 'inbox.changed',
      inboxDocumentId,
      threadDocumentId: null,
      contacts: [],
    })),
  ];
  await strapi.db
    .query('email-connect::news')
    .createMany({ data: news.map((item) => ({ at: Date.now(), item })) });
};

const newsOf = (world: World) =>
  messagesOf(world).map((message) => ({
    kind: 'message.received',
    inboxDocumentId: message.inbox?.documentId ?? '',
    messageDocumentId: message.documentId,
    threadDocumentId: threadOf(world, message).documentId,
    contacts: world.records
      .filter((record) => standsOn(world, message, record, null))
      .map(({ contactType, documentId }) => ({ contactType, documentId })),
  }));
