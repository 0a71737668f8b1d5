import type { Core } from '@strapi/strapi';
import type { PluginConfig } from '../config';
import { EmailConnectError } from '../domain/errors';
import { siteTokens as decide } from '../domain/site-tokens';
import type { SiteTokens } from '../domain/site-tokens';
import { wiringOf } from '../wiring';

/** Read-only and full-access API tokens: each reads all content of the site, and mail only where the site wants it. */
export const siteTokens = ({ strapi }: { strapi: Core.Strapi }) => {
  const read = async (): Promise<SiteTokens> => {
    const { contentApi } = strapi.config.get<PluginConfig>('plugin::email-connect');
    return decide(contentApi.siteTokens, await wiringOf(strapi).ports.siteTokens.readBefore());
  };
  return {
    read,
    /** Rejects with SITE_TOKENS_OFF. */
    async assertMayRead(): Promise<void> {
      if ((await read()) !== 'off') return;
      throw new EmailConnectError(
        'SITE_TOKENS_OFF',
        'Read-only and full-access tokens do not read mail on this site.',
        'Use a custom API token with the scopes it needs, or have an administrator set `contentApi.siteTokens` to true in the configuration of the plugin.'
      );
    },
    /** While the site has not said: a warning with how many such tokens can read its mail now. */
    async warnWhileUndecided(): Promise<void> {
      if ((await read()) !== 'undecided') return;
      const { siteTokens: tokens, logger } = wiringOf(strapi).ports;
      logger.warn(
        `Read-only and full-access API tokens can read all mail of this site, as before the update; it has ${await tokens.count()} of them. Say in config/plugins.ts whether they are to: contentApi: { siteTokens: true } or false.`
      );
    },
  };
};
