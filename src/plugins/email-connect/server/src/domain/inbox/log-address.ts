import { normalizeAddress } from '../address/address';

/** Whether mail to `address` is delivered to `inboxAddress` by subaddressing (RFC 5233 1): `uma+log@` for `uma@`. */
export const isPlusAddressOf = (address: string, inboxAddress: string): boolean => {
  const { localPart, domain } = partsOf(address);
  const own = partsOf(inboxAddress);
  const plus = localPart.indexOf('+');
  const tag = localPart.slice(plus + 1);
  return plus > 0 && tag !== '' && localPart.slice(0, plus) === own.localPart && domain === own.domain;
};

const partsOf = (address: string): { localPart: string; domain: string } => {
  const normal = normalizeAddress(address);
  const at = normal.lastIndexOf('@');
  return { localPart: normal.slice(0, Math.max(0, at)), domain: normal.slice(at + 1) };
};
