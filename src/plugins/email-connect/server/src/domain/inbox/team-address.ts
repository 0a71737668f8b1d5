import { normalizeAddress } from '../address/address';
import { EmailConnectError } from '../errors';
import { isOfTeam } from '../logging/outsiders';
import type { Team } from '../logging/verdict';
import type { Inbox } from './inbox';

/**
 * Why the address of an inbox counts as the team's: the settings say so; it was `confirmed` by a manager, or nobody
 * had to; or it does not, until a manager confirms it.
 */
export type TeamAddress = 'settings' | 'confirmed' | 'unconfirmed';

export const teamAddressOf = (
  { address, isTeamAddress }: Pick<Inbox, 'address' | 'isTeamAddress'>,
  settings: { teamAddresses: readonly string[]; teamDomains: readonly string[] }
): TeamAddress => {
  const team = { addresses: new Set(settings.teamAddresses), domains: new Set(settings.teamDomains) };
  if (isOfTeam(normalizeAddress(address), team)) return 'settings';
  return isTeamAddress ? 'confirmed' : 'unconfirmed';
};

export interface TeamFacts {
  team: Team;
  /** A record carries the address, whether it counts there or not. */
  isOnContact: boolean;
}

/**
 * Whether the address of an inbox that is connected counts as the team's without anybody's word (w51). Anybody may
 * connect a server of their own under any address, and mail of the team stands on no record: whoever connected a
 * customer's address would hide the customer's mail. A site that names its domains is asked about every other; else
 * what stands on a record is asked about.
 */
export const countsUnasked = (address: string, { team, isOnContact }: TeamFacts): boolean =>
  isOfTeam(normalizeAddress(address), team) || (team.domains.size === 0 && !isOnContact);

export const addressUnconfirmed = (address: string): EmailConnectError =>
  new EmailConnectError(
    'ADDRESS_UNCONFIRMED',
    `${address} is not known as an address of the team, so no mail goes out from it.`,
    "Ask somebody who may change everybody's inboxes to confirm it on the inbox's page, then send again."
  );
