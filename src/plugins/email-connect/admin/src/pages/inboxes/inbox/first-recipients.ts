import type { NamedAddress } from '../../../../../shared/contracts/address';

const NAMED = 3;

/** The recipients of a mail in a line: the first three by name or address, and how many more. */
export const firstRecipients = (to: readonly NamedAddress[]): { names: string; more: number } => ({
  names: to
    .slice(0, NAMED)
    .map(({ displayName, address }) => displayName || address)
    .join(', '),
  more: Math.max(0, to.length - NAMED),
});
