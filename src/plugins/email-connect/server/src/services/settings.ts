import type { Core } from '@strapi/strapi';
import type { ProviderPresetAnswer } from '../../../shared/contracts/inbox';
import type { Settings } from '../../../shared/contracts/settings';
import type { PluginConfig } from '../config';
import { consentTextVersion } from '../domain/inbox/consent';
import { toSendFrom } from '../domain/inbox/named';
import { presetForAddress, providerPresets } from '../domain/provider/provider-presets';
import { wiringOf } from '../wiring';
import { siteTokens } from './site-tokens';

/** This installation as the admin panel needs to know it: live values, never a secret (S2). */
export const settings = ({ strapi }: { strapi: Core.Strapi }) => ({
  async read(adminUserDocumentId: string): Promise<Settings> {
    const {
      contactTypes,
      attachmentLimitBytes,
      outgoingLimitBytes,
      backfillDailyBytes,
      teamDomains,
      levelOfNewInboxes,
    } = strapi.config.get<PluginConfig>('plugin::email-connect');
    const { access, inboxes, secrets } = wiringOf(strapi).ports;
    const used = new Set(await access.inboxesOf(adminUserDocumentId));
    const usable = (await inboxes.list()).filter(({ documentId }) => used.has(documentId));
    const yours = await inboxes.findByOwner(adminUserDocumentId);
    return {
      contactTypes,
      consentTextVersion,
      attachmentLimitBytes,
      outgoingLimitBytes,
      backfillDailyBytes,
      teamDomains,
      levelOfNewInboxes,
      siteTokens: await siteTokens({ strapi }).read(),
      keyPresent: isKeyPresent(() => secrets.assertKey()),
      yourInbox: yours && { documentId: yours.documentId, address: yours.address, state: yours.state },
      ownInboxes: usable.map(({ documentId, state }) => ({ documentId, state })),
      sendingInboxes: toSendFrom(usable, adminUserDocumentId).map(({ documentId, address }) => ({
        documentId,
        address,
      })),
    };
  },
  presets: (
    address: string
  ): { preset: ProviderPresetAnswer | null; presets: readonly ProviderPresetAnswer[] } => ({
    preset: presetForAddress(address),
    presets: providerPresets,
  }),
});

const isKeyPresent = (assert: () => void): boolean => {
  try {
    assert();
    return true;
  } catch {
    return false;
  }
};
