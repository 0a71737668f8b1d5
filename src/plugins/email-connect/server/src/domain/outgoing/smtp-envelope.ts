import { asciiDomain, normalizeAddress } from '../address/address';
import type { Draft, SmtpEnvelope } from './outgoing';

/** RFC 5321 3.3: everyone the server delivers to, each once, Bcc among them; domains in A-labels. */
export const smtpEnvelope = (from: string, draft: Draft): SmtpEnvelope => {
  const recipients = new Map<string, string>();
  for (const { address } of [...draft.to, ...draft.cc, ...draft.bcc]) {
    const key = normalizeAddress(address);
    if (!recipients.has(key)) recipients.set(key, envelopeAddress(address));
  }
  return { mailFrom: envelopeAddress(from), rcptTo: [...recipients.values()] };
};

/** The left part as written: only the receiving server may ignore its case (RFC 5321 2.4). */
const envelopeAddress = (address: string): string => {
  const at = address.lastIndexOf('@');
  return at < 0 ? address : `${address.slice(0, at + 1)}${asciiDomain(address.slice(at + 1))}`;
};
