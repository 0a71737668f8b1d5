import { asciiDomain, normalizeAddress } from '../../../domain/address/address';
import type { Team } from '../../../domain/logging/verdict';
import { findRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { InboxRow } from '../base/rows';

/**
 * Every inbox of the site, disconnected ones too, except those whose address waits to be confirmed (w51); and the
 * addresses and domains in its settings.
 */
export const loadTeam = async (strapi: Strapi): Promise<Team> => {
  const inboxes = await findRows<Pick<InboxRow, 'address' | 'isTeamAddress'>>(strapi, uids.inbox, {
    select: ['address', 'isTeamAddress'],
  });
  const ofInboxes = inboxes.filter(({ isTeamAddress }) => isTeamAddress !== false);
  const addresses = [...ofInboxes.map(({ address }) => address), ...configured(strapi, 'teamAddresses')];
  return {
    addresses: new Set(addresses.map(normalizeAddress)),
    domains: new Set(configured(strapi, 'teamDomains').map(asciiDomain)),
  };
};

const configured = (strapi: Strapi, setting: string): string[] =>
  strapi.config.get<string[]>(`plugin::email-connect.${setting}`, []);
