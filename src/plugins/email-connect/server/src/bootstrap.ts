import type { Core } from '@strapi/strapi';
import { newsItem } from '../../shared/contracts/news';
import { permissions } from './permissions';
import { serviceOf } from './services';

/** With the database open: our indexes and permissions; the inboxes' loops start once the server listens. */
export const bootstrap = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await strapi.service('admin::permission').actionProvider.registerMany(permissions);
  allowWebhooks(strapi);
  await serviceOf(strapi, 'engine').install();
  await serviceOf(strapi, 'site-tokens').warnWhileUndecided();
  // Not earlier: `strapi export` and other commands load Strapi too, and must not log in to mailboxes.
  strapi.server.httpServer.once('listening', () => {
    serviceOf(strapi, 'engine')
      .start()
      .catch((error: unknown) =>
        strapi.log.error(`[email-connect] The inboxes could not be started: ${String(error)}`)
      );
  });
};

/** Strapi refuses a webhook for an event that is not registered. */
const allowWebhooks = (strapi: Core.Strapi): void => {
  for (const kind of newsItem.shape.kind.options) {
    const event = `email-connect.${kind}`;
    strapi.get('webhookStore').addAllowedEvent(event.toUpperCase().replace(/[.-]/g, '_'), event);
  }
};
