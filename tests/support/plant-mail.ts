import type { Core } from '@strapi/strapi';
import { addressHash } from '../../src/plugins/email-connect/server/src/adapters/records/people/address-hash';

let serial = 0;

/** A mail with these people on it, in a conversation of its own, as if it had been logged. */
export const plantMail = async (strapi: Core.Strapi, ...addresses: string[]): Promise<string> => {
  const number = (serial += 1);
  const thread = await strapi.db
    .query('plugin::email-connect.email-thread')
    .create({ data: { documentId: `thread${number}`, subject: `Mail ${number}`, messageCount: 1 } });
  const message = await strapi.db.query('plugin::email-connect.email-message').create({
    data: {
      documentId: `message${number}`,
      thread: thread.id,
      dedupKey: `planted${number}`,
      direction: 'incoming',
      origin: 'reply',
      subject: `Mail ${number}`,
      fromAddress: addresses[0],
      to: [],
      cc: [],
      bcc: [],
      receivedAt: new Date(Date.UTC(2026, 2, 1, 9, number)),
    },
  });
  for (const address of addresses) {
    await strapi.db.query('email-connect::message-address').create({
      data: {
        messageId: message.id,
        threadId: thread.id,
        addressHash: addressHash(address),
        role: 'from',
        receivedAt: message.receivedAt,
      },
    });
    await strapi.db.query('email-connect::participant').create({
      data: {
        threadDocumentId: thread.documentId,
        addressHash: addressHash(address),
        address,
        cameAs: 'named',
      },
    });
  }
  return thread.documentId;
};
