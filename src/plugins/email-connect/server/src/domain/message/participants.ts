import { normalizeAddress } from '../address/address';
import type { MessageHeaders } from './message';

/** Everyone named in the header fields, normalised, each once. Bcc is not among them: it is nobody's to see. */
export const participantsOf = (headers: MessageHeaders): string[] => {
  const all = [headers.from, headers.sender, headers.replyTo, headers.to, headers.cc].flat();
  return [...new Set(all.map(({ address }) => normalizeAddress(address)))].filter((address) =>
    address.includes('@')
  );
};
