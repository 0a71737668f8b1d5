import { choosePolicyRequest, type ChoosePolicyRequest } from '../../../../../../shared/contracts/policy';
import type { InboxAnswer } from '../../../../../../shared/contracts/inbox';

/** The form of the logging policy; the servers as they are typed. */
export interface PolicyDraft {
  policy: InboxAnswer['policy'];
  logAddress: string;
  trust: TrustChoice;
  /** authserv-ids, separated by commas or blanks; kept while another choice is looked at. */
  servers: string;
}

/** Whose check of a sender is believed. */
export const trustChoices = ['known', 'named', 'nobody'] as const;
export type TrustChoice = (typeof trustChoices)[number];

export const policyDraftOf = ({ policy, logAddress, trustedAuthServers }: InboxAnswer): PolicyDraft => ({
  policy,
  logAddress,
  ...(typeof trustedAuthServers === 'string'
    ? { trust: trustedAuthServers, servers: '' }
    : { trust: 'named', servers: trustedAuthServers.join(', ') }),
});

export const policyChoiceOf = ({ policy, logAddress, trust, servers }: PolicyDraft): ChoosePolicyRequest => ({
  policy,
  logAddress: logAddress.trim(),
  trustedAuthServers: trust === 'named' ? servers.split(/[\s,;]+/).filter((server) => server !== '') : trust,
});

/** Whether the server names are valid by the contract; one at least where servers are named. */
export const hasServerNames = (draft: PolicyDraft): boolean =>
  choosePolicyRequest.shape.trustedAuthServers.safeParse(policyChoiceOf(draft).trustedAuthServers).success;

export const isSamePolicy = (one: PolicyDraft, other: PolicyDraft): boolean =>
  JSON.stringify(policyChoiceOf(one)) === JSON.stringify(policyChoiceOf(other));

/** A plus address of the inbox, as an example: mail to it reaches the inbox on most servers. */
export const exampleLogAddress = (address: string): string => address.replace(/@(?=[^@]*$)/, '+log@');
