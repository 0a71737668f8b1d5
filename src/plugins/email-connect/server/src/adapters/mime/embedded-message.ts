export const MOST_EMBEDDED = 5;
/** A larger embedded message is parsed up to this size; its file holds all of it. */
export const EMBEDDED_BYTES = 256 * 1024;

/**
 * A message within a message (RFC 2046 5.2.1, RFC 6532 3.7): kept as a file, whose header fields and text are
 * recorded too.
 */
export const isEmbeddedMessage = (contentType: string): boolean =>
  contentType === 'message/rfc822' || contentType === 'message/global';
