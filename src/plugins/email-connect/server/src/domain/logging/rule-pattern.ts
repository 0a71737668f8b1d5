import { unreachable } from '../../../../shared/unreachable';
import { asciiDomain, domainOf, normalizeAddress } from '../address/address';
import type { LoggingRule } from './verdict';

/** Whether a rule of this inbox, or of the whole site, holds there. */
export const holdsAt = (
  { inboxDocumentId }: Pick<LoggingRule, 'inboxDocumentId'>,
  inbox: string | null
): boolean => inboxDocumentId === null || inboxDocumentId === inbox;

/** `addresses`: normalised, and none of the team's, for these are on every mail. A rule without a pattern meets nothing. */
export const meets = (
  { field, pattern }: Pick<LoggingRule, 'field' | 'pattern'>,
  addresses: readonly string[],
  subject: string
): boolean => {
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
      return unreachable(field);
  }
};

const folded = (text: string): string => text.toLowerCase().normalize('NFC').replace(/\s+/g, ' ');
