import { normalizeAddress, parseRecipient } from '../../domain/address/address';
import { EmailConnectError } from '../../domain/errors';
import type { Inbox, LoggingPolicy, TrustedAuthServers } from '../../domain/inbox/inbox';
import { isPlusAddressOf } from '../../domain/inbox/log-address';
import type { Ports } from '../../ports';
import { changeInbox, requireInbox } from '../inbox';

type PolicyPorts = Pick<Ports, 'inboxes' | 'audit'>;

export interface PolicyChoice {
  policy: LoggingPolicy;
  /** '' for none. */
  logAddress: string;
  trustedAuthServers: TrustedAuthServers;
}

/**
 * Sets what is logged besides replies (S18), the address to which the team sends mail to be logged, and whose word
 * about a sender counts (S28). Rejects with NOT_FOUND, ADDRESS_INVALID, HEADER_INJECTION, or INPUT_INVALID with the
 * reason.
 */
export const choosePolicy = async (
  ports: PolicyPorts,
  documentId: string,
  { policy, logAddress, trustedAuthServers }: PolicyChoice,
  actor: string
): Promise<Inbox> => {
  const inbox = await requireInbox(ports, documentId);
  const change = {
    policy,
    logAddress: logAddress === '' ? '' : await logAddressOf(ports, inbox, logAddress),
    trustedAuthServers: inLowerCase(trustedAuthServers),
  };
  const changed = await changeInbox(ports, documentId, () => change);
  await ports.audit.record({
    action: 'inbox.policy-chosen',
    actor,
    subject: documentId,
    outcome: 'ok',
    facts: {
      policy,
      logAddress: change.logAddress,
      trustedAuthServers: [change.trustedAuthServers].flat().join(' '),
    },
  });
  return changed;
};

const inLowerCase = (trusted: TrustedAuthServers): TrustedAuthServers =>
  typeof trusted === 'string' ? trusted : [...new Set(trusted.map((server) => server.toLowerCase()))];

/** Mail to the log address must reach this very inbox, and no other inbox may read it as its own mail. */
const logAddressOf = async (
  { inboxes }: Pick<Ports, 'inboxes'>,
  inbox: Inbox,
  typed: string
): Promise<string> => {
  const { address } = parseRecipient(typed);
  const normal = normalizeAddress(address);
  if (normal === normalizeAddress(inbox.address) || isPlusAddressOf(normal, inbox.address)) return normal;
  const other = await inboxes.findByAddress(normal);
  throw new EmailConnectError(
    'INPUT_INVALID',
    other
      ? `${address} is the address of another connected inbox: its own mail would be taken for mail to be logged.`
      : `Mail to ${address} is not known to reach this inbox.`,
    `Take a plus address of this inbox, such as ${exampleOf(inbox.address)}.`
  );
};

const exampleOf = (address: string): string => address.replace(/@(?=[^@]*$)/, '+log@');
