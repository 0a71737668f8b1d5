import { normalizeAddress } from '../address/address';
import type { MessageHeaders } from './message';

/** Everyone named in the header fields, normalised, each once. Without Bcc, which nobody may see. */
export const participantsOf = (headers: MessageHeaders): string[] => {
  const all = [headers.from, headers.sender, headers.replyTo, headers.to, headers.cc].flat();
  return [...new Set(all.map(({ address }) => normalizeAddress(address)))].filter((address) =>
    address.includes('@')
  );
};

/** Who wrote it: From, and Sender where there is no From (RFC 5322 3.6.2). Normalised. */
export const authorsOf = ({ from, sender }: Pick<MessageHeaders, 'from' | 'sender'>): string[] =>
  (from.length > 0 ? from : sender).map(({ address }) => normalizeAddress(address));
