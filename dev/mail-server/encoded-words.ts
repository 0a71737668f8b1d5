const WORD = /=\?([^?\s]+)\?([bq])\?([^?\s]*)\?=/gi;

const decodeBytes = (bytes: Buffer, charset: string): string => {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // This machine lacks the charset: the bytes stay searchable as latin1.
    return bytes.toString('latin1');
  }
};

/** Header text as people read it: encoded words (RFC 2047) and raw UTF-8 resolved. Takes latin1. */
export const decodeHeaderText = (latin1: string): string =>
  (/[\x80-\xff]/.test(latin1) ? Buffer.from(latin1, 'latin1').toString('utf8') : latin1)
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(WORD, (_all, charset: string, encoding: string, text: string) => {
      const unescaped = text
        .replace(/_/g, ' ')
        .replace(/=([0-9a-f]{2})/gi, (_hex, code: string) => String.fromCharCode(parseInt(code, 16)));
      const isBase64 = encoding.toUpperCase() === 'B';
      return decodeBytes(isBase64 ? Buffer.from(text, 'base64') : Buffer.from(unescaped, 'latin1'), charset);
    });
