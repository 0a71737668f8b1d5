/** charset, encoding, text: RFC 2047 2, with an optional language (RFC 2231 5). */
const ENCODED_WORD = /=\?[\w.:*-]{1,60}\?([bq])\?([^?\s]{0,2000})\?=/gi;

/**
 * Replaces RFC 2047 encoded words by their bytes, read as latin1: enough for ids, which are ASCII.
 * White space between two words goes (RFC 2047 6.2). A word that cannot be decoded stays as it is.
 */
export const decodeEncodedWords = (value: string): string =>
  value
    .replace(/\?=\s{1,100}=\?/g, '?==?')
    .replace(ENCODED_WORD, (word: string, encoding: string, text: string) =>
      encoding.toLowerCase() === 'b' ? (decodeBase64(text) ?? word) : decodeQ(text)
    );

/** Base64 to a string of bytes; null when the text is not base64. Missing padding is forgiven. */
export const decodeBase64 = (text: string): string | null => {
  try {
    return atob(text.replace(/=+$/, ''));
  } catch {
    return null;
  }
};

const decodeQ = (text: string): string =>
  text
    .replace(/_/g, ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
