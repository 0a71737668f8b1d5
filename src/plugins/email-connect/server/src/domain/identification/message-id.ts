/** A Message-ID in canonical form: no brackets, no white space, domain in lower case. */
export type MessageId = string & { readonly brand: 'MessageId' };

const LONGEST_ID = 998; // RFC 5322 2.1.1: no line is longer

/**
 * The canonical form of what stands between the brackets of a msg-id (RFC 5322 3.6.4),
 * or null when it cannot be one. Only the domain is case-insensitive; the left part is kept as written.
 */
export const canonicalMessageId = (raw: string): MessageId | null => {
  const id = raw.replace(/[\s<>]+/g, '');
  if (id.length < 3 || id.length > LONGEST_ID) return null;
  const at = id.lastIndexOf('@');
  if (at < 0) return id as MessageId;
  return (id.slice(0, at + 1) + id.slice(at + 1).toLowerCase()) as MessageId;
};

/** The id as it stands in a header field. */
export const bracketed = (id: MessageId): string => `<${id}>`;
