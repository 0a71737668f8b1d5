import type { Core } from '@strapi/strapi';
import type { ProviderPresetAnswer } from '../../../shared/contracts/inbox';
import type { Settings } from '../../../shared/contracts/settings';
import type { PluginConfig } from '../config';
import { consentTextVersion } from '../domain/inbox/consent';
import { presetForAddress, providerPresets } from '../domain/provider/provider-presets';
import { wiringOf } from '../wiring';
import { siteTokens } from './site-tokens';

/** This installation as the admin panel needs to know it: live values, never a secret (S2). */
export const settings = ({ strapi }: { strapi: Core.Strapi }) => ({
  async read(adminUserDocumentId: string): Promise<Settings> {
    const { contactTypes, attachmentLimitBytes, outgoingLimitBytes, backfillDailyBytes, teamDomains } =
      strapi.config.get<PluginConfig>('plugin::email-connect');
    const { inboxes, secrets } = wiringOf(strapi).ports;
    const yours = await inboxes.findByOwner(adminUserDocumentId);
    return {
      contactTypes,
      consentTextVersion,
      attachmentLimitBytes,
      outgoingLimitBytes,
      backfillDailyBytes,
      teamDomains,
      siteTokens: await siteTokens({ strapi }).read(),
      keyPresent: isKeyPresent(() => secrets.assertKey()),
      yourInbox: yours && { documentId: yours.documentId, address: yours.address, state: yours.state },
      ownInboxes: (await inboxes.list())
        .filter(({ ownerDocumentId }) => ownerDocumentId === adminUserDocumentId)
        .map(({ documentId, state }) => ({ documentId, state })),
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
