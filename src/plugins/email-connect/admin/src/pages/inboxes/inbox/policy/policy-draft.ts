import { choosePolicyRequest, type ChoosePolicyRequest } from '../../../../../../shared/contracts/policy';
import type { InboxAnswer } from '../../../../../../shared/contracts/inbox';

/** The form of the logging policy; the servers as they are typed. */
export interface PolicyDraft {
  policy: InboxAnswer['policy'];
  logAddress: string;
  /** authserv-ids, separated by commas or blanks. */
  trustedAuthServers: string;
}

export const policyDraftOf = (inbox: InboxAnswer): PolicyDraft => ({
  policy: inbox.policy,
  logAddress: inbox.logAddress,
  trustedAuthServers: inbox.trustedAuthServers.join(', '),
});

export const policyChoiceOf = ({
  policy,
  logAddress,
  trustedAuthServers,
}: PolicyDraft): ChoosePolicyRequest => ({
  policy,
  logAddress: logAddress.trim(),
  trustedAuthServers: trustedAuthServers.split(/[\s,;]+/).filter((server) => server !== ''),
});

/** Whether the server names are valid by the contract. */
export const hasServerNames = (draft: PolicyDraft): boolean =>
  choosePolicyRequest.shape.trustedAuthServers.safeParse(policyChoiceOf(draft).trustedAuthServers).success;

export const isSamePolicy = (one: PolicyDraft, other: PolicyDraft): boolean =>
  JSON.stringify(policyChoiceOf(one)) === JSON.stringify(policyChoiceOf(other));

/** A plus address of the inbox, as an example: mail to it reaches the inbox on most servers. */
export const exampleLogAddress = (address: string): string => address.replace(/@(?=[^@]*$)/, '+log@');
