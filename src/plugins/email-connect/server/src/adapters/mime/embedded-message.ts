export const MOST_EMBEDDED = 5;
/** A message beyond this is read as far as that; all of it is in its file. */
export const EMBEDDED_BYTES = 256 * 1024;

/** A message within a message (RFC 2046 5.2.1, RFC 6532 3.7): a file, whose header fields and text are told. */
export const isEmbeddedMessage = (contentType: string): boolean =>
  contentType === 'message/rfc822' || contentType === 'message/global';
