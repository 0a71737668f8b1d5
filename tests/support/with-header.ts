/** The same mail with one more header field, above the others. */
export const withHeader = (raw: Buffer, field: string): Buffer =>
  Buffer.concat([Buffer.from(`${field}\r\n`), raw]);
