import { asciiDomain, domainOf, normalizeAddress } from '../address/address';
import type { MessageHeaders } from '../message/message';
import { participantsOf } from '../message/participants';
import type { LoggingRule } from './verdict';

/**
 * The first never-log rule, of this inbox or of the whole site, that anyone on the mail or its subject meets.
 * The inbox's own address is not looked at: it is on every mail. A rule without a pattern meets nothing.
 */
export const matchedRule = (
  message: MessageHeaders,
  rules: readonly LoggingRule[],
  context: { inboxDocumentId: string; inboxAddress: string }
): LoggingRule | null => {
  const applying = rules.filter(
    ({ inboxDocumentId }) => inboxDocumentId === null || inboxDocumentId === context.inboxDocumentId
  );
  if (applying.length === 0) return null;
  const own = normalizeAddress(context.inboxAddress);
  const addresses = participantsOf(message).filter((address) => address !== own);
  return applying.find((rule) => meets(rule, addresses, message.subject)) ?? null;
};

const meets = ({ field, pattern }: LoggingRule, addresses: readonly string[], subject: string): boolean => {
  const wanted = pattern.trim();
  if (wanted === '') return false;
  switch (field) {
    case 'address':
      return addresses.includes(normalizeAddress(wanted));
    case 'domain':
      return addresses.some((address) => domainOf(address) === asciiDomain(wanted.replace(/^@/, '')));
    case 'subject':
      return folded(subject).includes(folded(wanted));
    default:
      return field satisfies never;
  }
};

const folded = (text: string): string => text.toLowerCase().normalize('NFC').replace(/\s+/g, ' ');
